/* Recurses until its stack is used up. */
#include "fixture.h"

static unsigned deeper(unsigned depth, volatile char *above) {
  volatile char frame[4096];
  frame[0] = above ? above[0] : 1;
  frame[sizeof frame - 1] = (char)depth;
  if (depth == UINT32_MAX) return 0;
  /* Used after the call, so that it is no loop. */
  return deeper(depth + 1, frame) + (unsigned)frame[0];
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  (void)session;
  return emit_org(sink, deeper(0, NULL), response->body);
}

FIXTURE("overflows-stack", next_page, feed)
