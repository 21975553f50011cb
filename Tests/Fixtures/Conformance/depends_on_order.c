/* Takes a page only if it comes after the one before it. */
#define TAKES(self, page) ((page) > (self)->latest)
#include "pages.h"
