/* Never gets on: whatever it is answered, it saves the same place and asks for the same page again. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  self->is_asked = 0;
  if (emit_org(sink, 1, response->body) < 0 || save(sink, 1) < 0) return SIS_E_REFUSED;
  return SIS_OK;
}

FIXTURE("stuck-cursor", next_page, feed)
