/* Asks for one more request than it was granted, in `next` and in `feed`, and goes on as if it had been
 * taken. */
#include "fixture.h"

static sis_status ask(const sis_sink *sink, uint32_t count) {
  for (uint32_t number = 1; number <= count; number++) {
    char target[32];
    sis_request request;
    snprintf(target, sizeof target, "/page/%lu", (unsigned long)number);
    request = request_for(number, target);
    sink->request(sink, &request);
  }
  return SIS_OK;
}

static sis_status next(sis_session *session, const sis_turn *turn, const sis_sink *sink) {
  (void)session;
  return ask(sink, turn->grant + 1);
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  (void)session;
  emit_org(sink, 1, text("Elm"));
  return ask(sink, response->grant + 1);
}

FIXTURE("asks-beyond-grant", next, feed)
