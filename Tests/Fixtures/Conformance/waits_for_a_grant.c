/* Waits in `next` until it may ask for something: for ever. */
#define IN_NEXT \
  while (*(const volatile uint32_t *)&turn->grant == 0) { \
  }
#include "pages.h"
