/* A small source of orgs: /page/1, /page/2 ... until one is not there. Each org says which version of the provider
 * emitted it, and each page can be gone on from. A page that says "boom" kills the process, one that says "spin" holds
 * it for ever. */
#include "fixture.h"

#include <signal.h>

/* A version that cannot even be asked for its first request. */
#ifndef FIXTURE_NEXT
#define FIXTURE_NEXT next_page
#endif

/* The oldest cursor format that is read. */
#ifndef FIXTURE_OLDEST
#define FIXTURE_OLDEST 1
#endif

static inline sis_status broken_next(sis_session *session, const sis_turn *turn, const sis_sink *sink) {
  (void)session;
  (void)turn;
  return fail(sink, SIS_E_INTERNAL, 0, "this version was built on a Friday");
}

static sis_status emit_page(const fixture *self, const sis_response *response, const sis_sink *sink) {
  char id[24];
  sis_field fields[4];
  snprintf(id, sizeof id, "%03llu", (unsigned long long)self->page);
  fields[0] = field(SIS_F_SOURCED_ID, text(id));
  fields[1] = field(SIS_F_EXTENSION, text(FIXTURE_VERSION));
  fields[1].name = text("emittedBy");
  fields[2] = field(SIS_F_NAME, response->body);
  fields[3] = field(SIS_F_ORG_TYPE, text("school"));
  return sink->record(sink, SIS_KIND_ORG, fields, 4);
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  sis_cursor cursor;
  unsigned char place[2];
  if (is_word(response->body, "boom")) raise(SIGSEGV);
  if (is_word(response->body, "spin")) for (;;) {}
  if (response->http_status == 404) {
    sis_end end;
    memset(&end, 0, sizeof end);
    end.size = sizeof end;
    end.kind = SIS_KIND_ORG;
    end.completeness = SIS_COMPLETE;
    end.expected = SIS_COUNT_UNKNOWN;
    return sink->end(sink, &end) < 0 ? SIS_E_REFUSED : SIS_DONE;
  }
  if (response->http_status != 200) return fail(sink, SIS_E_PROTOCOL, response->id, "a page answered a strange status");
  if (emit_page(self, response, sink) < 0) return SIS_E_REFUSED;
  self->page++;
  self->is_asked = 0;
  place[0] = (unsigned char)(self->page >> 8);
  place[1] = (unsigned char)self->page;
  memset(&cursor, 0, sizeof cursor);
  cursor.size = sizeof cursor;
  cursor.version = FIXTURE_CURSOR;
  cursor.bytes = bytes_of(place, 2);
  return sink->cursor(sink, &cursor) < 0 ? SIS_E_REFUSED : SIS_OK;
}

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  fixture *self = make_fixture(sink, FIXTURE_NEXT, feed);
  const unsigned char *place = args->cursor.ptr;
  (void)provider;
  (void)broken_next;
  if (!self) return NULL;
  if (args->cursor.len == 2) self->page = (uint64_t)place[0] << 8 | place[1];
  return &self->base;
}

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("paged-roster", "1"));
FIXTURE_TABLE_OLDEST("paged-roster", open_session, FIXTURE_OLDEST)
