/* Reports an error, and returns that all went well. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  sis_status status = take_page(session, response, sink);
  fail(sink, SIS_E_SEMANTIC, response->id, "the page says that it failed");
  return status;
}

FIXTURE("error-then-ok", next_page, feed)
