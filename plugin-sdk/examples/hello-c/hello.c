/* hello-c: a whole provider in plain C99. It reads people.csv from any web server, one line each:
 *     school,1,Elm Middle
 *     student,S1,Ada,Lovelace */
#include "sis_plugin.h"

#include <stdlib.h>
#include <string.h>

/* What the host reads without running any of this. */
#define JSON(...) #__VA_ARGS__
SIS_PLUGIN_MANIFEST(JSON({
  "manifest": 1, "id": "hello-c", "name": "Hello from C", "version": "1.0.0", "abi": {"major": 1, "minor": 0},
  "cursorVersion": 1, "kinds": ["org", "user"], "modes": ["full"], "rateLimit": {"perMinute": 60},
  "maxInFlight": 1, "auth": [{"scheme": "none"}], "allowedHosts": [],
  "config": {"type": "object", "properties": {}}
}));

typedef struct {
  sis_session base;
  int has_asked;
} session;

static const sis_bytes none = {NULL, 0};
static sis_bytes text(const char *words) { return (sis_bytes){words, strlen(words)}; }

/* Says why a call fails; the call then returns the same status. */
static sis_status fail(const sis_sink *sink, sis_status code, const char *words) {
  const sis_error error = {sizeof error, code, text(words), none, 0, -1};
  sink->error(sink, &error);
  return code;
}

/* The host has room for a request: ask for the one file there is. */
static sis_status next(sis_session *base, const sis_turn *turn, const sis_sink *sink) {
  session *self = base->ctx;
  const sis_request request = {
      .size = sizeof request, .id = 1, .method = text("GET"), .target = text("/people.csv"),
      .resource = text("people"), .expect = SIS_EXPECT_CSV};
  if (self->has_asked || turn->grant == 0) return SIS_OK;
  if (sink->request(sink, &request) < 0) return SIS_E_REFUSED;
  self->has_asked = 1;
  return SIS_OK;
}

/* One line becomes one record. Values point into the body; the host checks them, and copies what it keeps. */
static sis_status emit(const sis_sink *sink, const sis_bytes *cell, size_t count, sis_bytes *school) {
  if (count == 3 && cell[0].len == 6 && memcmp(cell[0].ptr, "school", 6) == 0) {
    const sis_field org[] = {{SIS_F_SOURCED_ID, 0, none, cell[1]}, {SIS_F_NAME, 0, none, cell[2]},
                             {SIS_F_ORG_TYPE, 0, none, cell[0]}};
    *school = cell[1];
    return sink->record(sink, SIS_KIND_ORG, org, 3);
  }
  if (count == 4) {
    /* The parts of one role share a group number. An empty value, such as no school yet, counts as absent. */
    const sis_field user[] = {{SIS_F_SOURCED_ID, 0, none, cell[1]}, {SIS_F_GIVEN_NAME, 0, none, cell[2]},
                              {SIS_F_FAMILY_NAME, 0, none, cell[3]}, {SIS_F_ROLE, 1, none, cell[0]},
                              {SIS_F_ROLE_ORG, 1, none, *school}};
    return sink->record(sink, SIS_KIND_USER, user, 5);
  }
  /* Set aside: the run goes on, and whatever is live under this id stays. */
  const sis_reject odd = {.size = sizeof odd, .kind = SIS_KIND_USER, .sourced_id = count > 1 ? cell[1] : none,
                          .reason = text("the line has neither 4 cells nor those of a school")};
  return sink->reject(sink, &odd);
}

/* The answer, whole. Its lines become records; then both kinds are complete: who is missing has left. */
static sis_status feed(sis_session *base, const sis_response *response, const sis_sink *sink) {
  const char *at, *end;
  const sis_end orgs = {sizeof orgs, SIS_KIND_ORG, SIS_COMPLETE, 0, NULL, 0, SIS_COUNT_UNKNOWN};
  const sis_end users = {sizeof users, SIS_KIND_USER, SIS_COMPLETE, 0, NULL, 0, SIS_COUNT_UNKNOWN};
  sis_bytes school = none;
  (void)base;
  if (!SIS_HAS(response, body)) return fail(sink, SIS_E_UNSUPPORTED, "the host is too old");
  if (response->http_status != 200) return fail(sink, SIS_E_NOT_FOUND, "the server has no people.csv");
  at = response->body.len > 0 ? response->body.ptr : "";
  end = at + response->body.len;
  while (at < end) {
    const char *stop = memchr(at, '\n', (size_t)(end - at)), *next_line = stop ? stop + 1 : end;
    sis_bytes cell[4] = {{at, 0}, none, none, none};
    size_t count = 1;
    if (!stop) stop = end;
    if (stop > at && stop[-1] == '\r') stop--;
    for (; at < stop; at++) {
      if (*at == ',' && ++count <= 4) cell[count - 1].ptr = at + 1;
      else if (*at != ',' && count <= 4) cell[count - 1].len++;
    }
    at = next_line;
    if ((count > 1 || cell[0].len > 0) && emit(sink, cell, count, &school) < 0) return SIS_E_REFUSED;
  }
  return sink->end(sink, &orgs) < 0 || sink->end(sink, &users) < 0 ? SIS_E_REFUSED : SIS_DONE;
}

static void finish(sis_session *base) { free(base->ctx); }

/* One read of one district begins. There is one page, so there is never a cursor to go on from. */
static sis_session *begin(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  session *self = args->mode == SIS_MODE_FULL ? calloc(1, sizeof *self) : NULL;
  (void)provider;
  if (args->mode != SIS_MODE_FULL) return fail(sink, SIS_E_UNSUPPORTED, "only a full read is possible"), NULL;
  if (!self) return fail(sink, SIS_E_NO_MEMORY, "out of memory"), NULL;
  self->base = (sis_session){sizeof self->base, 0, self, next, feed, finish};
  return &self->base;
}

static const void *extension(const sis_provider *provider, const char *id) {
  return (void)provider, (void)id, NULL;
}

static const sis_provider table = {
    sizeof table, SIS_ABI_MAJOR, SIS_ABI_MINOR, NULL, "hello-c", "1.0.0",
    {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, 1, 1, begin, extension};

const sis_provider *sis_plugin_entry_v1(uint32_t major, uint32_t minor) {
  return (void)minor, major == SIS_ABI_MAJOR ? &table : NULL;
}
