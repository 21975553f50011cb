/* Well-behaved, but built with the header of a later minor version: every struct that may grow has a field
 * that this host does not know, and its size says so; there are kinds, fields and flags with unknown
 * numbers. */
#include "fixture.h"

/* A struct as a later minor version may have it: the known part, and one field more. */
#define LATER(type) \
  struct { \
    type known; \
    uint64_t news; \
  }

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  LATER(sis_reject) rejected;
  LATER(sis_cursor) cursor;
  LATER(sis_end) end;
  LATER(sis_error) error;
  fixture *self = session->ctx;
  sis_field fields[5];
  if (response->http_status != 200) {
    memset(&error, 0xAA, sizeof error);
    error.known.size = sizeof error;
    error.known.code = SIS_E_NOT_FOUND;
    error.known.message = text("the page is not there");
    error.known.pointer = text("/page");
    error.known.retry_after_ms = 1500;
    sink->error(sink, &error.known);
    return SIS_E_NOT_FOUND;
  }
  fields[0] = field(SIS_F_SOURCED_ID, text("1"));
  fields[1] = field(SIS_F_NAME, response->body);
  fields[2] = field(SIS_F_ORG_TYPE, text("school"));
  fields[3] = field(29, text("a field of a later minor version"));
  fields[4] = field(70000, text("and one with a large number"));
  memset(&rejected, 0xAA, sizeof rejected);
  rejected.known.size = sizeof rejected;
  rejected.known.kind = 99; /* a kind that this host does not know */
  rejected.known.field = 29;
  rejected.known.sourced_id = text("r1");
  rejected.known.reason = text("of a later kind");
  memset(&cursor, 0xAA, sizeof cursor);
  cursor.known.size = sizeof cursor;
  cursor.known.purpose = SIS_CURSOR_RESUME;
  cursor.known.version = 1;
  cursor.known.bytes = text("place");
  memset(&end, 0xAA, sizeof end);
  end.known.size = sizeof end;
  end.known.kind = SIS_KIND_ORG;
  end.known.completeness = SIS_COMPLETE;
  end.known.scope_count = 0;
  end.known.expected = SIS_COUNT_UNKNOWN;
  self->is_asked = 0;
  if (sink->record(sink, SIS_KIND_ORG, fields, 5) < 0 || sink->reject(sink, &rejected.known) < 0
      || sink->cursor(sink, &cursor.known) < 0 || sink->end(sink, &end.known) < 0)
    return SIS_E_REFUSED;
  return SIS_OK;
}

static sis_status next(sis_session *session, const sis_turn *turn, const sis_sink *sink) {
  fixture *self = session->ctx;
  LATER(sis_request) request;
  if (self->is_asked || turn->grant == 0) return SIS_OK;
  memset(&request, 0xAA, sizeof request);
  request.known = request_for(1, "/page/1");
  request.known.size = sizeof request;
  request.known.flags = 1u << 30;
  self->is_asked = 1;
  return sink->request(sink, &request.known) < 0 ? SIS_E_REFUSED : SIS_OK;
}

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("newer-minor", "1"));

FIXTURE_OPEN(next, feed)

static const LATER(sis_provider) later = {
    {sizeof later, SIS_ABI_MAJOR, 7, NULL, "newer-minor", FIXTURE_VERSION,
     {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, 1, 1, open_session, extension},
    0};

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  (void)host_minor;
  return host_major == SIS_ABI_MAJOR ? &later.known : NULL;
}
