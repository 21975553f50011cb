/* Asks for what does not belong to its integration: each answer's body is the next target. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  sis_request request = request_for(++self->page, "/");
  if (response->grant == 0) return SIS_OK;
  request.target = response->body;
  return sink->request(sink, &request) < 0 ? SIS_E_REFUSED : SIS_OK;
}

FIXTURE("asks-other-origin", next_page, feed)
