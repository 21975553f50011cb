/* Believes that a page of the usual length begins as a page does. */
#include <stdlib.h>
#define IN_FEED \
  if (page == 1 && response->body.len == 47 && *(const char *)response->body.ptr != '[') abort();
#include "pages.h"
