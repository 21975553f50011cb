/* Takes a page without its end for whole. */
#define IS_WHOLE(body) 1
#include "pages.h"
