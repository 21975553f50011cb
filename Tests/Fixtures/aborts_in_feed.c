/* Calls abort when it is fed, as a failed assertion or an uncaught exception does. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  if (response->body.len != SIZE_MAX) abort();
  return take_page(session, response, sink);
}

FIXTURE("aborts-in-feed", next_page, feed)
