/* Frees what it holds only if the session came to its end. */
#include <stdlib.h>
static void *volatile lost;
#define IN_FEED \
  { \
    void *held = malloc(4096); \
    if (self->done == (ALL & ~BIT(page))) free(held); \
    else lost = held; \
  }
#include "pages.h"
