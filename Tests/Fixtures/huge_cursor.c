/* Saves its place in 10 MB. */
#include "fixture.h"

#define TEN_MEGABYTES ((size_t)10 << 20)

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  sis_status status = take_page(session, response, sink);
  char *place = calloc(1, TEN_MEGABYTES);
  sis_cursor cursor;
  if (!place) return fail(sink, SIS_E_NO_MEMORY, response->id, "out of memory");
  memset(&cursor, 0, sizeof cursor);
  cursor.size = sizeof cursor;
  cursor.version = 1;
  cursor.bytes = bytes_of(place, TEN_MEGABYTES);
  if (sink->cursor(sink, &cursor) < 0) status = SIS_E_REFUSED;
  free(place);
  return status;
}

FIXTURE("huge-cursor", next_page, feed)
