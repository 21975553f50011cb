/* Emits more of something than any provider has: the body of an answer says of what. */
#include "fixture.h"

#define MANY 20000

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  static sis_field fields[MANY];
  sis_bytes what = response->body;
  sis_end end;
  sis_status status = SIS_OK;
  (void)session;
  for (size_t i = 0; i < MANY; i++) fields[i] = field(SIS_F_EXTENSION, text("x"));
  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  end.kind = SIS_KIND_ORG;
  end.completeness = SIS_PARTIAL;
  end.scope = fields;
  if (is_word(what, "fields")) status = sink->record(sink, SIS_KIND_ORG, fields, MANY);
  if (is_word(what, "conditions")) {
    end.scope_count = MANY;
    status = sink->end(sink, &end);
  }
  if (is_word(what, "ends")) {
    for (int i = 0; i < MANY && status >= 0; i++) status = sink->end(sink, &end);
  }
  if (is_word(what, "notes")) {
    for (int i = 0; i < MANY; i++) sink->note(sink, SIS_NOTE_INFO, bytes_of(fields, sizeof fields));
  }
  return status < 0 ? SIS_E_REFUSED : SIS_OK;
}

FIXTURE("floods-sink", next_page, feed)
