/* Has room for a million bytes. */
#define IN_FEED \
  if (response->body.len > 1000000) abort();
#include "pages.h"
