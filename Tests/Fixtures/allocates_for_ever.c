/* Takes memory, and uses it, until there is none. Like most programs it does not look at what malloc
 * answered. */
#include "fixture.h"

static void *volatile kept;

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  while (response->size != 0) {
    void **block = malloc((size_t)1 << 20);
    memset(block, 1, (size_t)1 << 20);
    *block = kept;
    kept = block;
  }
  return take_page(session, response, sink);
}

FIXTURE("allocates-for-ever", next_page, feed)
