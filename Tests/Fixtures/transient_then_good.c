/* Fails at the first answer to each page, after it has emitted half of it, and takes the second. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  sis_error error;
  if (self->answers++ % 2 == 1) return take_page(session, response, sink);
  emit_org(sink, 999, text("half a page"));
  save(sink, 99);
  memset(&error, 0, sizeof error);
  error.size = sizeof error;
  error.code = SIS_E_THROTTLED;
  error.message = text("the page says \"slow down\"");
  error.pointer = text("/error/code");
  error.request_id = response->id;
  error.retry_after_ms = 1500;
  sink->error(sink, &error);
  return SIS_E_THROTTLED;
}

FIXTURE("transient-then-good", next_page, feed)
