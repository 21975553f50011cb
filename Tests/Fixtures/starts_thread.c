/* Starts a thread in `feed`, which no provider may, and leaves it running for ever. */
#define _POSIX_C_SOURCE 200809L
#include "fixture.h"

#include <pthread.h>
#include <unistd.h>

static void *run(void *unused) {
  (void)unused;
  for (;;) pause();
  return NULL;
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, NULL) == 0) pthread_detach(thread);
  return take_page(session, response, sink);
}

FIXTURE("starts-thread", next_page, feed)
