/* Uses numbers that this host does not know: the body of an answer says where. */
#include "fixture.h"

static sis_status end_with(const sis_sink *sink, uint32_t kind, uint32_t completeness, uint32_t condition) {
  sis_field scope = field(condition, text("3"));
  sis_end end;
  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  end.kind = kind;
  end.completeness = completeness;
  end.scope = &scope;
  end.scope_count = 1;
  end.expected = SIS_COUNT_UNKNOWN;
  return sink->end(sink, &end);
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  sis_bytes where = response->body;
  sis_status status = SIS_OK;
  sis_field fields[2];
  sis_cursor cursor;
  (void)session;
  fields[0] = field(SIS_F_SOURCED_ID, text("1"));
  fields[1] = field(SIS_F_NAME, text("Elm"));
  memset(&cursor, 0, sizeof cursor);
  cursor.size = sizeof cursor;
  cursor.purpose = 7;
  if (is_word(where, "kind")) {
    status = sink->record(sink, 9, fields, 2);
    if (status >= 0) status = sink->record(sink, 0, fields, 2);
    if (status >= 0) status = sink->record(sink, UINT32_MAX, fields, 2);
    if (status >= 0) status = emit_org(sink, 1, text("Elm"));
  }
  if (is_word(where, "cursor purpose")) status = sink->cursor(sink, &cursor);
  if (is_word(where, "end of a kind")) status = end_with(sink, 99, SIS_COMPLETE, SIS_F_SCHOOL);
  if (is_word(where, "completeness")) status = end_with(sink, SIS_KIND_ORG, 3, SIS_F_SCHOOL);
  if (is_word(where, "condition")) status = end_with(sink, SIS_KIND_ORG, SIS_COMPLETE, 60000);
  if (is_word(where, "level of a note")) sink->note(sink, 99, text("of an unknown level"));
  return status < 0 ? SIS_E_REFUSED : SIS_OK;
}

FIXTURE("unknown-numbers", next_page, feed)
