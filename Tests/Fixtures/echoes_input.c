/* Emits, as extension fields of one org, all that the host handed to it: in `open`, in `next` and in `feed`.
 * */
#define FIXTURE_CURSOR 3
#include "fixture.h"

/* What `open` and `next` were given, as lines of NAME=VALUE. */
typedef struct echo {
  fixture base;
  char lines[4096];
  size_t length;
} echo;

static void note(echo *self, const char *name, sis_bytes value) {
  int wrote = snprintf(
      self->lines + self->length, sizeof self->lines - self->length, "%s=%.*s\n", name, (int)value.len,
      value.len ? (const char *)value.ptr : "");
  if (wrote > 0 && (size_t)wrote < sizeof self->lines - self->length) self->length += (size_t)wrote;
}

static void note_number(echo *self, const char *name, long long number) {
  char digits[24];
  snprintf(digits, sizeof digits, "%lld", number);
  note(self, name, text(digits));
}

static sis_status next(sis_session *session, const sis_turn *turn, const sis_sink *sink) {
  echo *self = session->ctx;
  if (!self->base.is_asked) {
    note_number(self, "turn.size", turn->size);
    note_number(self, "turn.grant", turn->grant);
    note_number(self, "turn.now", (long long)turn->now_ms);
  }
  return next_page(session, turn, sink);
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  echo *self = session->ctx;
  note_number(self, "response.size", response->size);
  note_number(self, "response.status", response->http_status);
  note_number(self, "response.id", (long long)response->id);
  note_number(self, "response.now", (long long)response->now_ms);
  note_number(self, "response.grant", response->grant);
  for (size_t i = 0; i < response->header_count; i++) {
    char name[64];
    snprintf(name, sizeof name, "header %.*s", (int)response->headers[i].name.len,
             (const char *)response->headers[i].name.ptr);
    note(self, name, response->headers[i].value);
  }
  note(self, "response.body", response->body);
  sink->note(sink, SIS_NOTE_INFO, bytes_of(self->lines, self->length));
  return emit_org(sink, response->id, bytes_of(self->lines, self->length)) < 0 ? SIS_E_REFUSED : SIS_DONE;
}

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  fixture *made = make_fixture(sink, next, feed);
  echo *self = made ? realloc(made, sizeof *self) : NULL;
  (void)provider;
  if (!self) return NULL;
  self->length = 0;
  self->base.base.ctx = self;
  note_number(self, "open.size", args->size);
  note_number(self, "sink.size", sink->size);
  note_number(self, "mode", args->mode);
  note(self, "config", args->config);
  note(self, "cursor", args->cursor);
  note(self, "bookmark", args->bookmark);
  note_number(self, "cursor_version", args->cursor_version);
  note_number(self, "bookmark_version", args->bookmark_version);
  note_number(self, "max_in_flight", args->max_in_flight);
  note_number(self, "page_size", args->page_size);
  note_number(self, "open.now", (long long)args->now_ms);
  note_number(self, "seed", (long long)args->seed);
  return &self->base.base;
}

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("echoes-input", "1"));
FIXTURE_TABLE("echoes-input", open_session)
