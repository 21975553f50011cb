/* Looks at the first byte of every body. */
#define IN_FEED \
  if (*(const volatile char *)response->body.ptr == '\0') return SIS_E_INTERNAL;
#include "pages.h"
