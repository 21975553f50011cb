/* A shared library that is no provider: neither an entry nor a manifest. */
#include "fixture.h"

SIS_EXPORT int answer(void);
int answer(void) { return 42; }
