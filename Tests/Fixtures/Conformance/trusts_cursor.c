/* Takes any cursor for its own. */
#define TRUSTS_CURSOR 1
#include "pages.h"
