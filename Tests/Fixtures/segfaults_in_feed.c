/* Writes through a NULL pointer when it is fed. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  volatile int *volatile nowhere = NULL;
  *nowhere = 1;
  return take_page(session, response, sink);
}

FIXTURE("segfaults-in-feed", next_page, feed)
