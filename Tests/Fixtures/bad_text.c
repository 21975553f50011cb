/* Emits records whose text is none: NULs, broken UTF-8, control characters, values that are too long. Good
 * records stand between them. */
#include "fixture.h"

static char long_text[65537];

static sis_status user(
    const sis_sink *sink, const char *id, uint32_t number, const char *name, sis_bytes value) {
  sis_field fields[5];
  fields[0] = field(SIS_F_SOURCED_ID, text(id));
  fields[1] = field(SIS_F_FAMILY_NAME, text("Ash"));
  fields[2] = field(SIS_F_ROLE, text("student"));
  fields[2].group = 1;
  fields[3] = field(number, value);
  fields[3].name = text(name);
  return sink->record(sink, SIS_KIND_USER, fields, number == 0 ? 3 : 4);
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  memset(long_text, 'x', sizeof long_text);
  (void)response;
  self->is_asked = 0;
  user(sink, "good-1", 0, "", text(""));
  user(sink, "nul", SIS_F_GIVEN_NAME, "", bytes_of("a\0b", 3));
  user(sink, "utf-8", SIS_F_GIVEN_NAME, "", text("\xC3("));
  user(sink, "surrogate", SIS_F_GIVEN_NAME, "", text("\xED\xA0\x80"));
  user(sink, "overlong", SIS_F_EMAIL, "", text("\xC0\x80"));
  user(sink, "long", SIS_F_MIDDLE_NAME, "", bytes_of(long_text, sizeof long_text));
  user(sink, "name", SIS_F_EXTENSION, "\x01", text("v"));
  user(sink, "name-utf-8", SIS_F_IDENTIFIER, "\xFF", text("v"));
  user(sink, "extension", SIS_F_EXTENSION, "x", text("\xFF"));
  user(sink, "identifier", SIS_F_IDENTIFIER, "x", bytes_of("\0", 1));
  user(sink, "id\n", 0, "", text(""));
  user(sink, "\xFF\xFE", 0, "", text(""));
  user(sink, "good-2", SIS_F_MIDDLE_NAME, "", bytes_of(long_text, sizeof long_text - 1));
  sink->note(sink, SIS_NOTE_INFO, bytes_of("note\0with\xFF", 10));
  return SIS_OK;
}

FIXTURE("bad-text", next_page, feed)
