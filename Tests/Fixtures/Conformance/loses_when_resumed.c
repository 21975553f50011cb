/* From the cursor behind the first page it goes on as if the last one were done, too. */
#define IN_OPEN \
  if (args->cursor.len > 0 && self->done == BIT(1)) self->done = self->asked = BIT(1) | BIT(3);
#include "pages.h"
