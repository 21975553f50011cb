/* Goes on as if nothing were when the sink refuses. */
#define REFUSED SIS_OK
#include "pages.h"
