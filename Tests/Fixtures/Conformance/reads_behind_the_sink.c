/* Reads a member of the sink that this host does not have. */
#define IN_FEED \
  if (((const volatile char *)sink)[sizeof(sis_sink)] == 1) return SIS_E_INTERNAL;
#include "pages.h"
