/* odd.c: a provider that calls the sink in a way of its own for each number in its config, right and wrong.
 * The host must answer alike wherever it runs. */
#include "provider.h"

#include <limits.h>

static char long_text[200000];

/* NULL where the header says that there is an address: the compiler must not see it. */
static const sis_field *no_fields;
static const sis_request *no_request;
static const sis_reject *no_reject;
static const sis_cursor *no_cursor;
static const sis_end *no_end;
static const sis_error *no_error;

static sis_bytes bytes(const void *ptr, size_t len) {
  sis_bytes result = {ptr, len};
  return result;
}

static sis_field field(uint32_t id, uint32_t group, sis_bytes name, sis_bytes value) {
  sis_field result = {id, group, name, value};
  return result;
}

static sis_field plain(uint32_t id, const char *value) { return field(id, 0, bytes(NULL, 0), text(value)); }

/* An org with one more field. */
static sis_status with(const sis_sink *sink, sis_field more) {
  const sis_field fields[] = {
      plain(SIS_F_SOURCED_ID, "7"), more, plain(SIS_F_NAME, "Oak"), plain(SIS_F_ORG_TYPE, "school")};
  return sink->record(sink, SIS_KIND_ORG, fields, 4);
}

static sis_status with_id(const sis_sink *sink, sis_bytes id) {
  const sis_field fields[] = {
      field(SIS_F_SOURCED_ID, 0, bytes(NULL, 0), id), plain(SIS_F_NAME, "Oak"),
      plain(SIS_F_ORG_TYPE, "school")};
  return sink->record(sink, SIS_KIND_ORG, fields, 3);
}

static sis_status with_name(const sis_sink *sink, sis_bytes name) {
  const sis_field fields[] = {
      plain(SIS_F_SOURCED_ID, "7"), field(SIS_F_NAME, 0, bytes(NULL, 0), name),
      plain(SIS_F_ORG_TYPE, "school")};
  return sink->record(sink, SIS_KIND_ORG, fields, 3);
}

static sis_request request(void) {
  static const sis_header headers[40] = {
      {{"accept", 6}, {"text/csv", 8}}, {{"X-Page", 6}, {"2", 1}}, {{"x-empty", 7}, {NULL, 0}}};
  sis_request result;
  memset(&result, 0, sizeof result);
  result.size = sizeof result;
  result.id = UINT64_MAX;
  result.method = text("POST");
  result.target = text("/sql?table=students");
  result.resource = text("students");
  result.headers = headers;
  result.header_count = 3;
  result.body = bytes("select\0*", 8);
  result.expect = SIS_EXPECT_CSV;
  result.flags = SIS_REQUEST_NO_AUTH | SIS_REQUEST_UNSAFE;
  return result;
}

static sis_status cursor(const sis_sink *sink, uint32_t size, uint32_t purpose, sis_bytes place) {
  sis_cursor result = {size, purpose, 9, 0, place};
  return sink->cursor(sink, &result);
}

static sis_status end(
    const sis_sink *sink, uint32_t kind, uint32_t completeness, const sis_field *scope, size_t count) {
  sis_end result = {sizeof result, kind, completeness, 0, scope, count, 12345678901234567890u};
  return sink->end(sink, &result);
}

static sis_status reject(const sis_sink *sink, uint32_t size, sis_bytes id, sis_bytes reason) {
  sis_reject result = {size, SIS_KIND_ORG, id, SIS_F_NAME, 0, reason};
  return sink->reject(sink, &result);
}

static void error(const sis_sink *sink, uint32_t size, sis_status code, sis_bytes message, int64_t wait) {
  sis_error result = {size, code, message, text("/students/3"), 77, wait};
  sink->error(sink, &result);
}

static sis_status many(const sis_sink *sink, int records) {
  char id[32];
  for (int number = 0; number < records; number++) {
    snprintf(id, sizeof id, "org-%d", number);
    if (org(sink, id, long_text + sizeof long_text - 1 - number % 3000) < 0) return SIS_E_REFUSED;
    if (number % 1000 == 0) cursor(sink, sizeof(sis_cursor), SIS_CURSOR_RESUME, text(id));
  }
  return SIS_OK;
}

/* Each of these makes the call of its number, and answers what the provider answers. */

/* Statuses and requests. */
static sis_status asks(int number, const sis_sink *sink) {
  sis_request ask = request();
  switch (number) {
    case 0: return SIS_OK;
    case 1: return SIS_DONE;
    case 2: return 5;
    case 3: return SIS_E_INTERNAL;
    case 4: return -77;
    case 5: sink->request(sink, &ask); return SIS_OK;
    case 6: sink->request(sink, &ask); return SIS_DONE;
    case 7: sink->request(sink, &ask); sink->request(sink, &ask); return SIS_E_REFUSED;
    case 8: ask.size = 16; sink->request(sink, &ask); return SIS_OK;
    case 9: ask.header_count = 33; sink->request(sink, &ask); return SIS_OK;
    case 10: ask.headers = NULL; sink->request(sink, &ask); return SIS_OK;
    case 11: ask.headers = NULL; ask.header_count = 0; sink->request(sink, &ask); return SIS_OK;
    case 12: ask.body = bytes(long_text, 17 << 20); sink->request(sink, &ask); return SIS_OK;
    case 13: ask.body = bytes(NULL, 4); sink->request(sink, &ask); return SIS_OK;
    case 14: ask.body = bytes(long_text, sizeof long_text); sink->request(sink, &ask); return SIS_OK;
    case 15: ask.target = bytes(long_text, 16385); sink->request(sink, &ask); return SIS_OK;
    case 16: ask.target = bytes(long_text, 100000); sink->request(sink, &ask); return SIS_OK;
    case 17: ask.method = bytes(NULL, 3); sink->request(sink, &ask); return SIS_OK;
    case 18: ask.expect = 9; sink->request(sink, &ask); return SIS_OK;
    case 19: ask.resource = bytes("\xff\xfe", 2); sink->request(sink, &ask); return SIS_OK;
    case 20: ask.header_count = SIZE_MAX; sink->request(sink, &ask); return SIS_OK;
    case 21: ask.body = bytes(long_text, SIZE_MAX); sink->request(sink, &ask); return SIS_OK;
    default: return SIS_E_INTERNAL;
  }
}

/* Records, one field of which is odd. */
static sis_status fields(int number, const sis_sink *sink) {
  sis_bytes none = bytes(NULL, 0);
  switch (number) {
    case 22: return with(sink, plain(SIS_F_STATUS, "active"));
    case 23: return with(sink, plain(SIS_F_STATUS, ""));
    case 24: return with(sink, plain(9999, "from a later minor version"));
    case 25: return with(sink, field(SIS_F_IDENTIFIER, 0, text("stateId"), text("OH-7")));
    case 26: return with(sink, field(SIS_F_IDENTIFIER, 0, bytes(long_text, 129), text("OH-7")));
    case 27: return with(sink, field(SIS_F_EXTENSION, 0, text("lunchCode"), text("A\"B\\\x01")));
    case 28: return with(sink, field(SIS_F_EXTENSION, 0, bytes(long_text, 100000), text("A")));
    case 29: return with(sink, field(SIS_F_EXTENSION, 0, bytes(NULL, 5), text("A")));
    case 30: return with(sink, field(SIS_F_STATUS, 0, none, bytes(NULL, 5)));
    case 31: return with(sink, field(SIS_F_STATUS, 0, none, bytes(long_text, SIZE_MAX)));
    case 32: return with(sink, field(SIS_F_STATUS, 0, bytes(long_text, SIZE_MAX), text("inactive")));
    case 33: return with_name(sink, bytes(long_text, 65536));
    case 34: return with_name(sink, bytes(long_text, 65537));
    case 35: return with_name(sink, bytes(long_text, (size_t)1 << 40));
    case 36: return with_name(sink, bytes("a\0b", 3));
    default: return SIS_E_INTERNAL;
  }
}

/* Ids and lists of fields. */
static sis_status records(int number, const sis_sink *sink) {
  sis_bytes none = bytes(NULL, 0);
  switch (number) {
    case 37: return with_id(sink, bytes(long_text, 255));
    case 38: return with_id(sink, bytes(long_text, 256));
    case 39: return with_id(sink, bytes(long_text, 100000));
    case 40: return with_id(sink, bytes(long_text, (size_t)1 << 40));
    case 41: return with_id(sink, none);
    case 42: return with_id(sink, bytes(NULL, 9));
    case 43: return sink->record(sink, SIS_KIND_ORG, no_fields, 0);
    case 44: return sink->record(sink, SIS_KIND_ORG, no_fields, 3);
    case 45: return sink->record(sink, SIS_KIND_ORG, (const sis_field *)long_text, 4097);
    case 46: return sink->record(sink, SIS_KIND_ORG, (const sis_field *)long_text, SIZE_MAX);
    case 47: return sink->record(sink, SIS_KIND_ORG, (const sis_field *)long_text, (size_t)1 << 50);
    case 48: return sink->record(sink, 99, no_fields, 0);
    case 49: {
      const sis_field parts[] = {
          plain(SIS_F_SOURCED_ID, "u"), plain(SIS_F_FAMILY_NAME, "Oak"),
          field(SIS_F_ROLE, 2, none, text("teacher")), field(SIS_F_ROLE, 1, none, text("student")),
          field(SIS_F_ROLE_ORG, 2, none, text("9")),
          field(SIS_F_ADDRESS_CITY, 1, none, bytes(long_text, 90000))};
      return sink->record(sink, SIS_KIND_USER, parts, 6);
    }
    default: return SIS_E_INTERNAL;
  }
}

/* Places and ends. */
static sis_status places(int number, const sis_sink *sink) {
  sis_bytes none = bytes(NULL, 0);
  switch (number) {
    case 50: return cursor(sink, sizeof(sis_cursor), SIS_CURSOR_RESUME, bytes("a\0b", 3));
    case 51: return cursor(sink, sizeof(sis_cursor), SIS_CURSOR_BOOKMARK, bytes(long_text, 65536));
    case 52: return cursor(sink, sizeof(sis_cursor), SIS_CURSOR_RESUME, bytes(long_text, 65537));
    case 53: return cursor(sink, sizeof(sis_cursor), SIS_CURSOR_RESUME, bytes(long_text, (size_t)1 << 40));
    case 54: return cursor(sink, sizeof(sis_cursor), 2, none);
    case 55: return cursor(sink, 8, SIS_CURSOR_RESUME, none);
    case 56: return cursor(sink, sizeof(sis_cursor), SIS_CURSOR_RESUME, bytes(NULL, 1));
    case 57: {
      const sis_field scope[] = {plain(SIS_F_SCHOOL, "3"), plain(SIS_F_ROLE, "student")};
      end(sink, SIS_KIND_USER, SIS_PARTIAL, scope, 1);
      return end(sink, SIS_KIND_USER, SIS_COMPLETE, scope, 2);
    }
    case 58: return end(sink, SIS_KIND_USER, 3, NULL, 0);
    case 59: return end(sink, 77, SIS_COMPLETE, NULL, 0);
    case 60: return end(sink, SIS_KIND_USER, SIS_COMPLETE, NULL, 2);
    case 61: return end(sink, SIS_KIND_USER, SIS_COMPLETE, (const sis_field *)long_text, 9);
    case 62: {
      const sis_field scope[] = {field(SIS_F_SCHOOL, 0, none, bytes(long_text, 256))};
      return end(sink, SIS_KIND_USER, SIS_COMPLETE, scope, 1);
    }
    default: return SIS_E_INTERNAL;
  }
}

/* The rest, and the same with more of it. */
static sis_status words(int number, const sis_sink *sink) {
  sis_request ask = request();
  sis_bytes none = bytes(NULL, 0);
  switch (number) {
    case 63: return reject(sink, sizeof(sis_reject), text("7"), text("no name\nat all"));
    case 64: return reject(sink, sizeof(sis_reject), bytes(long_text, 100000), bytes(long_text, 131072));
    case 65: return reject(sink, sizeof(sis_reject), bytes(NULL, 4), bytes("\xff", 1));
    case 66: return reject(sink, 12, none, none);
    case 67: sink->note(sink, SIS_NOTE_WARNING, bytes(long_text, 5000)); return SIS_OK;
    case 68: for (int i = 0; i < 100; i++) note(sink, "again"); return SIS_OK;
    case 69: sink->note(sink, 55, bytes(NULL, 7)); return SIS_OK;
    case 70: error(sink, sizeof(sis_error), SIS_E_THROTTLED, text("slow down"), 1500); return SIS_E_THROTTLED;
    case 71: error(sink, sizeof(sis_error), SIS_E_AUTH, bytes(long_text, 3000), -1); return SIS_E_AUTH;
    case 72: error(sink, sizeof(sis_error), -4000, text("new"), INT64_MAX); return -4000;
    case 73: error(sink, sizeof(sis_error), SIS_E_AUTH, text("but"), -1); return SIS_OK;
    case 74: error(sink, 20, SIS_E_AUTH, text("small"), -1); return SIS_E_AUTH;
    case 75: return many(sink, 5000);
    case 76: many(sink, 3000); return SIS_DONE;
    case 77:
      many(sink, 3000);
      error(sink, sizeof(sis_error), SIS_E_TRANSIENT, text("so far"), 0);
      return SIS_E_TRANSIENT;
    case 78: many(sink, 3000); ask.expect = 9; sink->request(sink, &ask); return SIS_OK;
    case 79: sink->request(sink, no_request); return SIS_OK;
    case 80: return sink->reject(sink, no_reject);
    case 81: return sink->cursor(sink, no_cursor);
    case 82: return sink->end(sink, no_end);
    case 83: sink->error(sink, no_error); return SIS_E_AUTH;
    case 84: ask.size = UINT32_MAX; sink->request(sink, &ask); return SIS_OK;
    default: return SIS_E_INTERNAL;
  }
}

/* From 85 on there is nothing: the host is told that it is not supported. */
static sis_status act(session *self, const sis_response *response, const sis_sink *sink) {
  (void)response;
  int number = atoi(self->word);
  memset(long_text, 'x', sizeof long_text - 1);
  if (number <= 21) return asks(number, sink);
  if (number <= 36) return fields(number, sink);
  if (number <= 49) return records(number, sink);
  if (number <= 62) return places(number, sink);
  return number <= 84 ? words(number, sink) : SIS_E_UNSUPPORTED;
}
