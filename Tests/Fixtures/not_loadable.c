/* Needs a function that nobody has, as when a library is missing on this machine. */
#include "fixture.h"

sis_status function_of_a_missing_library(void);

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  (void)session;
  (void)response;
  (void)sink;
  return function_of_a_missing_library();
}

FIXTURE("not-loadable", next_page, feed)
