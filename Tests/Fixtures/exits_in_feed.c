/* Ends its process with status 0 when it is fed: the crash that looks like success. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  if (response->body.len != SIZE_MAX) exit(0);
  return take_page(session, response, sink);
}

FIXTURE("exits-in-feed", next_page, feed)
