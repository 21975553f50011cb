/* Everything that a provider may do: two requests in flight, records with lists, composites and extensions,
 * a reject, a note, both cursors, an end with a scope; then done. well_behaved.cpp emits the same. */
#include "fixture.h"

#ifndef FIXTURE_ID
#define FIXTURE_ID "well-behaved"
#endif

static sis_status next(sis_session *session, const sis_turn *turn, const sis_sink *sink) {
  fixture *self = session->ctx;
  sis_header header;
  header.name = text("Accept");
  header.value = text("text/plain");
  for (uint32_t used = 0; used < turn->grant && self->page <= 2; used++) {
    sis_request request = request_for(self->page, self->page == 1 ? "/users" : "/more?after=1");
    request.headers = &header;
    request.header_count = 1;
    request.expect = SIS_EXPECT_CSV;
    if (self->page == 2) {
      request.method = text("POST");
      request.body = text("q=1");
      request.flags = SIS_REQUEST_UNSAFE | SIS_REQUEST_NO_AUTH;
    }
    if (sink->request(sink, &request) < 0) return SIS_E_REFUSED;
    self->page++;
  }
  return SIS_OK;
}

static sis_field part(uint32_t id, uint32_t group, const char *name, const char *value) {
  sis_field result = field(id, text(value));
  result.group = group;
  result.name = text(name);
  return result;
}

static sis_status emit(const sis_sink *sink, const sis_response *response) {
  sis_field fields[10];
  sis_reject rejected;
  sis_status status;
  fields[0] = part(SIS_F_ROLE, 7, "", "student"); /* not in rising order */
  fields[1] = part(SIS_F_ROLE_ORG, 7, "", "3");
  fields[2] = part(SIS_F_SOURCED_ID, 0, "", response->id == 1 ? "S1" : "S2");
  fields[3] = part(SIS_F_IDENTIFIER, 0, "stateId", "0042");
  fields[4] = part(SIS_F_EXTENSION, 0, "bus", "12");
  fields[5] = part(SIS_F_FAMILY_NAME, 0, "", "");
  fields[5].value = response->body;
  fields[6] = part(SIS_F_GRADE, 0, "", "03");
  fields[7] = part(SIS_F_GRADE, 0, "", "02");
  fields[8] = part(SIS_F_GRADE, 0, "", "03");
  fields[9] = part(SIS_F_EMAIL, 0, "", ""); /* absent */
  status = sink->record(sink, SIS_KIND_USER, fields, 10);
  memset(&rejected, 0, sizeof rejected);
  rejected.size = sizeof rejected;
  rejected.kind = SIS_KIND_ORG;
  rejected.sourced_id = text("9");
  rejected.field = SIS_F_NAME;
  rejected.reason = text("the school has no name");
  return status < 0 ? status : sink->reject(sink, &rejected);
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  sis_field scope = field(SIS_F_PRIMARY_ORG, text("3"));
  sis_cursor bookmark;
  sis_end end;
  if (emit(sink, response) < 0 || save(sink, response->id) < 0) return SIS_E_REFUSED;
  if (++self->answers < 2) return SIS_OK;
  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  end.kind = SIS_KIND_USER;
  end.completeness = SIS_COMPLETE;
  end.scope = &scope;
  end.scope_count = 1;
  end.expected = 2;
  memset(&bookmark, 0, sizeof bookmark);
  bookmark.size = sizeof bookmark;
  bookmark.purpose = SIS_CURSOR_BOOKMARK;
  bookmark.version = 1;
  bookmark.bytes = text("since-1");
  sink->note(sink, SIS_NOTE_WARNING, text("field email never seen"));
  if (sink->end(sink, &end) < 0 || sink->cursor(sink, &bookmark) < 0) return SIS_E_REFUSED;
  return SIS_DONE;
}

FIXTURE(FIXTURE_ID, next, feed)
