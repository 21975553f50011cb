/* Hands over NULL where a struct or a table is due: the body of an answer says which. */
#include "fixture.h"

/* Read at run time, so that no compiler notices. */
static void *volatile nothing = NULL;

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  sis_bytes which = response->body;
  sis_status status = SIS_OK;
  (void)session;
  if (is_word(which, "request")) status = sink->request(sink, (const sis_request *)nothing);
  if (is_word(which, "fields")) status = sink->record(sink, SIS_KIND_ORG, (const sis_field *)nothing, 3);
  if (is_word(which, "no fields")) status = sink->record(sink, SIS_KIND_ORG, (const sis_field *)nothing, 0);
  if (is_word(which, "reject")) status = sink->reject(sink, (const sis_reject *)nothing);
  if (is_word(which, "cursor")) status = sink->cursor(sink, (const sis_cursor *)nothing);
  if (is_word(which, "end")) status = sink->end(sink, (const sis_end *)nothing);
  if (is_word(which, "sink")) status = sink->cursor((const sis_sink *)nothing, (const sis_cursor *)nothing);
  if (is_word(which, "error")) {
    sink->error(sink, (const sis_error *)nothing);
    return SIS_E_SEMANTIC;
  }
  return status < 0 ? SIS_E_REFUSED : SIS_OK;
}

FIXTURE("null-structs", next_page, feed)
