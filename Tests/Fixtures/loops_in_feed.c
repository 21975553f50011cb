/* Does not return from `feed`, and takes a whole processor. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  volatile unsigned long turns = 0;
  while (response->size != 0) turns++;
  return take_page(session, response, sink);
}

FIXTURE("loops-in-feed", next_page, feed)
