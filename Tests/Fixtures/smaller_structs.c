/* Hands over structs that say they are smaller than version 1: the body of an answer says which. */
#include "fixture.h"

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  sis_bytes which = response->body;
  sis_request request = request_for(2, "/page/2");
  sis_reject rejected;
  sis_cursor cursor;
  sis_end end;
  sis_error error;
  sis_status status = SIS_OK;
  (void)session;
  memset(&rejected, 0, sizeof rejected);
  memset(&cursor, 0, sizeof cursor);
  memset(&end, 0, sizeof end);
  memset(&error, 0, sizeof error);
  request.size = sizeof request - 8;
  rejected.size = sizeof rejected - 1;
  cursor.size = 4;
  end.size = 0;
  error.size = sizeof error - 16;
  error.code = SIS_E_SEMANTIC;
  if (is_word(which, "request")) status = sink->request(sink, &request);
  if (is_word(which, "reject")) status = sink->reject(sink, &rejected);
  if (is_word(which, "cursor")) status = sink->cursor(sink, &cursor);
  if (is_word(which, "end")) status = sink->end(sink, &end);
  if (is_word(which, "error")) {
    sink->error(sink, &error);
    return SIS_E_SEMANTIC;
  }
  return status < 0 ? SIS_E_REFUSED : SIS_OK;
}

FIXTURE("smaller-structs", next_page, feed)
