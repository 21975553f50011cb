/* Works, and loses 10 MB with every page, all of them used. */
#include "fixture.h"

#define TEN_MEGABYTES ((size_t)10 << 20)

/* Written, so that no compiler takes the allocation away. */
static void *volatile last;

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  void *block = malloc(TEN_MEGABYTES);
  if (!block) return fail(sink, SIS_E_NO_MEMORY, response->id, "out of memory");
  memset(block, 1, TEN_MEGABYTES);
  last = block;
  return take_page(session, response, sink);
}

FIXTURE("leaks-memory", next_page, feed)
