/* Exports a function besides the entry. */
#include "pages.h"
SIS_EXPORT int pages_count(void);
int pages_count(void) { return PAGES; }
