/* Reports an error, goes on emitting, saves its place, reports another error, and returns the first. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  emit_org(sink, 1, text("before"));
  save(sink, 1);
  fail(sink, SIS_E_SEMANTIC, response->id, "the page says that it failed");
  emit_org(sink, 2, text("after"));
  save(sink, 2);
  self->page = 9;
  return SIS_E_SEMANTIC;
}

FIXTURE("emits-after-error", next_page, feed)
