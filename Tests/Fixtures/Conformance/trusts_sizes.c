/* Reads the time of a turn, whatever its size says. */
#define NEEDS(pointer, field) 1
#define IN_NEXT \
  if (*(const volatile int64_t *)&turn->now_ms < 0) return SIS_E_INTERNAL;
#include "pages.h"
