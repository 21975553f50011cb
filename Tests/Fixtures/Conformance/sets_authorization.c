/* Sets a header that is the host's. */
#define HEADER "authorization"
#include "pages.h"
