/* Emits the time of the machine's clock, which no provider may read: the same input gives another output. */
#define _POSIX_C_SOURCE 200809L
#include "fixture.h"

#include <time.h>

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  struct timespec now;
  char name[64];
  if (response->http_status != 200) return SIS_DONE;
  clock_gettime(CLOCK_REALTIME, &now);
  snprintf(name, sizeof name, "%lld.%09ld", (long long)now.tv_sec, now.tv_nsec);
  self->is_asked = 0;
  if (emit_org(sink, self->page++, text(name)) < 0) return SIS_E_REFUSED;
  return SIS_OK;
}

FIXTURE("reads-clock", next_page, feed)
