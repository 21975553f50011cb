/* Hands over lengths and counts that no memory has. The body of an answer says which: a digit chooses the
 * length, the rest says of what. */
#include "fixture.h"

static const size_t lengths[] = {SIZE_MAX, SIZE_MAX / 2 + 1, SIZE_MAX / 2, (size_t)1 << 40};
/* What the lengths belong to: more than the host reads of anything that it cuts short. */
static char much[70000];

static void of_request(const sis_sink *sink, sis_bytes what, size_t length) {
  static const sis_header headers[1000];
  sis_request request = request_for(2, "/page/2");
  if (is_word(what, "method")) request.method = bytes_of(much, length);
  if (is_word(what, "target")) request.target = bytes_of(much, length);
  if (is_word(what, "resource")) request.resource = bytes_of(much, length);
  if (is_word(what, "request body")) request.body = bytes_of(much, length);
  if (is_word(what, "headers")) {
    request.headers = headers;
    request.header_count = length;
  }
  sink->request(sink, &request);
}

static void of_record(const sis_sink *sink, sis_bytes what, size_t length) {
  sis_field fields[4];
  size_t count = 4;
  fields[0] = field(SIS_F_SOURCED_ID, text("1"));
  fields[1] = field(SIS_F_EXTENSION, text("12"));
  fields[1].name = text("bus");
  fields[2] = field(SIS_F_NAME, text("Elm"));
  fields[3] = field(SIS_F_ORG_TYPE, text("school"));
  if (is_word(what, "fields")) count = length;
  if (is_word(what, "sourcedId")) fields[0].value = bytes_of(much, length);
  if (is_word(what, "name of a field")) fields[1].name = bytes_of(much, length);
  if (is_word(what, "value")) fields[2].value = bytes_of(much, length);
  if (is_word(what, "word")) fields[3].value = bytes_of(much, length);
  sink->record(sink, SIS_KIND_ORG, fields, count);
}

static void of_end(const sis_sink *sink, sis_bytes what, size_t length) {
  static sis_field scope[1000];
  sis_end end;
  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  end.kind = SIS_KIND_ORG;
  end.completeness = SIS_COMPLETE;
  end.scope = scope;
  end.scope_count = is_word(what, "scope") ? length : 1;
  scope[0] = field(SIS_F_SCHOOL, is_word(what, "condition") ? bytes_of(much, length) : text("3"));
  sink->end(sink, &end);
}

static void of_words(const sis_sink *sink, sis_bytes what, size_t length) {
  sis_reject rejected;
  sis_cursor cursor;
  memset(&rejected, 0, sizeof rejected);
  rejected.size = sizeof rejected;
  rejected.sourced_id = rejected.reason = bytes_of(much, length);
  memset(&cursor, 0, sizeof cursor);
  cursor.size = sizeof cursor;
  cursor.bytes = bytes_of(much, length);
  if (is_word(what, "reject")) sink->reject(sink, &rejected);
  if (is_word(what, "cursor")) sink->cursor(sink, &cursor);
  if (is_word(what, "note")) sink->note(sink, SIS_NOTE_INFO, bytes_of(much, length));
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  sis_bytes what = bytes_of((const char *)response->body.ptr + 1, response->body.len - 1);
  size_t length = lengths[*(const char *)response->body.ptr & 3];
  sis_error error;
  (void)session;
  memset(much, 'x', sizeof much);
  of_words(sink, what, length);
  of_end(sink, what, length);
  of_record(sink, what, length);
  of_request(sink, what, length);
  memset(&error, 0, sizeof error);
  error.size = sizeof error;
  error.code = SIS_E_SEMANTIC;
  error.message = error.pointer = bytes_of(much, is_word(what, "error") ? length : 0);
  sink->error(sink, &error);
  return SIS_E_SEMANTIC;
}

FIXTURE("impossible-lengths", next_page, feed)
