/* Takes for granted that it asked for whatever it is answered. */
#define IN_FEED \
  if (!page) abort();
#include "pages.h"
