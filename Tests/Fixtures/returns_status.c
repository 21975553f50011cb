/* Emits a record and returns the number that stands in the body of the answer. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  char digits[24];
  size_t length = response->body.len < sizeof digits - 1 ? response->body.len : sizeof digits - 1;
  fixture *self = session->ctx;
  memcpy(digits, response->body.ptr, length);
  digits[length] = 0;
  self->is_asked = 0;
  emit_org(sink, self->page, text("Elm"));
  return (sis_status)strtoll(digits, NULL, 10);
}

FIXTURE("returns-status", next_page, feed)
