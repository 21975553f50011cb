/* Ends the whole process when it is told to pay. */
#include <stdlib.h>
#define IN_FEED \
  if (response->http_status == 402) exit(0);
#include "pages.h"
