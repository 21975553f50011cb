/* Keeps the sink that `open` got, and emits when its session is closed. What it was answered goes to the
 * file whose path is the body of the last answer. */
#include "fixture.h"

static char path[256];

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  size_t length = response->body.len < sizeof path - 1 ? response->body.len : sizeof path - 1;
  memcpy(path, response->body.ptr, length);
  path[length] = 0;
  return take_page(session, response, sink);
}

static void close_session(sis_session *session) {
  fixture *self = session->ctx;
  sis_request request = request_for(99, "/late");
  FILE *file = fopen(path, "w");
  if (file) {
    fprintf(file, "%d ", (int)emit_org(self->sink, 99, text("late")));
    fprintf(file, "%d ", (int)save(self->sink, 99));
    fprintf(file, "%d", (int)self->sink->request(self->sink, &request));
    self->sink->note(self->sink, SIS_NOTE_INFO, text("late"));
    fail(self->sink, SIS_E_INTERNAL, 0, "late");
    fclose(file);
  }
  free_fixture(session);
}

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("emits-outside-calls", "1"));

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  fixture *self = make_fixture(sink, next_page, feed);
  (void)provider;
  (void)args;
  if (!self) return NULL;
  self->base.close = close_session;
  return &self->base;
}

FIXTURE_TABLE("emits-outside-calls", open_session)
