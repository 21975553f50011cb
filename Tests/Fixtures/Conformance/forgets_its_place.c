/* Takes a page for done before it sees that it must be asked for again. */
#define IS_WHOLE(body) (is_whole(body) || ((body).len > 0 && (body).len < 20 && (self->done |= BIT(page), 0)))
#include "pages.h"
