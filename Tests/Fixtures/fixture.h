/* fixture.h: what the providers of the tests have in common, so that each file shows only what it does.
 *
 * A fixture asks for /page/1, /page/2 ... one at a time, and for each answer emits an org whose sourcedId is
 * the page's number and whose name is the answer's body. An answer other than 200 ends it. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "sis_plugin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef FIXTURE_VERSION
#define FIXTURE_VERSION "1.0.0"
#endif

/* The cursor format that the fixture writes; it reads all from 1 on. */
#ifndef FIXTURE_CURSOR
#define FIXTURE_CURSOR 1
#endif

/* More members of the manifest, each with its comma. */
#ifndef FIXTURE_MEMBERS
#define FIXTURE_MEMBERS ""
#endif

#define FIXTURE_TEXT(number) #number
#define FIXTURE_STRING(number) FIXTURE_TEXT(number)

#define FIXTURE_MANIFEST(id, major) \
  "{\"manifest\":1,\"id\":\"" id "\",\"name\":\"Test fixture\",\"version\":\"" FIXTURE_VERSION "\"," \
  "\"abi\":{\"major\":" major ",\"minor\":0},\"cursorVersion\":" FIXTURE_STRING(FIXTURE_CURSOR) "," \
  "\"kinds\":[\"org\",\"user\"],\"modes\":[\"full\"]," FIXTURE_MEMBERS \
  "\"rateLimit\":{\"perMinute\":60000},\"maxInFlight\":2,\"auth\":[{\"scheme\":\"none\"}]," \
  "\"allowedHosts\":[]," \
  "\"config\":{\"type\":\"object\",\"properties\":{\"word\":{\"type\":\"string\"}}}}"

/* A session, and what it remembers. */
typedef struct fixture {
  sis_session base;
  uint64_t page;    /* the page that is read next, from 1 */
  int is_asked;     /* its request is on its way */
  int answers;      /* how many were taken, where a fixture counts them */
  const sis_sink *sink; /* as `open` got it: kept by those that use it when they may not */
} fixture;

static inline sis_bytes bytes_of(const void *ptr, size_t len) {
  sis_bytes bytes;
  bytes.ptr = ptr;
  bytes.len = len;
  return bytes;
}

static inline sis_bytes text(const char *string) { return bytes_of(string, strlen(string)); }

static inline int is_word(sis_bytes bytes, const char *word) {
  return bytes.len == strlen(word) && memcmp(bytes.ptr, word, bytes.len) == 0;
}

static inline sis_field field(uint32_t id, sis_bytes value) {
  sis_field field;
  memset(&field, 0, sizeof field);
  field.id = id;
  field.value = value;
  return field;
}

static inline sis_request request_for(uint64_t id, const char *target) {
  sis_request request;
  memset(&request, 0, sizeof request);
  request.size = sizeof request;
  request.id = id;
  request.method = text("GET");
  request.target = text(target);
  request.resource = text("pages");
  return request;
}

/* Emits the org `number`. */
static inline sis_status emit_org(const sis_sink *sink, uint64_t number, sis_bytes name) {
  char id[24];
  sis_field fields[3];
  snprintf(id, sizeof id, "%llu", (unsigned long long)number);
  fields[0] = field(SIS_F_SOURCED_ID, text(id));
  fields[1] = field(SIS_F_NAME, name);
  fields[2] = field(SIS_F_ORG_TYPE, text("school"));
  return sink->record(sink, SIS_KIND_ORG, fields, 3);
}

/* Saves the place behind page `number`. */
static inline sis_status save(const sis_sink *sink, uint64_t number) {
  unsigned char place = (unsigned char)number;
  sis_cursor cursor;
  memset(&cursor, 0, sizeof cursor);
  cursor.size = sizeof cursor;
  cursor.version = 1;
  cursor.bytes = bytes_of(&place, 1);
  return sink->cursor(sink, &cursor);
}

static inline sis_status fail(const sis_sink *sink, sis_status code, uint64_t request, const char *message) {
  sis_error error;
  memset(&error, 0, sizeof error);
  error.size = sizeof error;
  error.code = code;
  error.message = text(message);
  error.request_id = request;
  error.retry_after_ms = -1;
  sink->error(sink, &error);
  return code;
}

/* The `next` of most fixtures: asks for one page at a time. */
static inline sis_status next_page(sis_session *session, const sis_turn *turn, const sis_sink *sink) {
  fixture *self = session->ctx;
  char target[32];
  sis_request request;
  if (self->is_asked || turn->grant == 0) return SIS_OK;
  snprintf(target, sizeof target, "/page/%llu", (unsigned long long)self->page);
  request = request_for(self->page, target);
  if (sink->request(sink, &request) < 0) return SIS_E_REFUSED;
  self->is_asked = 1;
  return SIS_OK;
}

/* The `feed` of a fixture that does nothing wrong, and the end of most others. */
static inline sis_status take_page(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  if (response->http_status != 200) return SIS_DONE;
  if (emit_org(sink, self->page, response->body) < 0 || save(sink, self->page) < 0) return SIS_E_REFUSED;
  self->page++;
  self->is_asked = 0;
  return SIS_OK;
}

/* Sessions that were opened and not yet closed. */
static int live_sessions;

static inline void free_fixture(sis_session *session) {
  __sync_fetch_and_sub(&live_sessions, 1);
  free(session->ctx);
}

static inline fixture *make_fixture(
    const sis_sink *sink, sis_status (*next)(sis_session *, const sis_turn *, const sis_sink *),
    sis_status (*feed)(sis_session *, const sis_response *, const sis_sink *)) {
  fixture *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  __sync_fetch_and_add(&live_sessions, 1);
  self->base.size = sizeof self->base;
  self->base.ctx = self;
  self->base.next = next;
  self->base.feed = feed;
  self->base.close = free_fixture;
  self->page = 1;
  self->sink = sink;
  return self;
}

/* The one extension of the fixtures: an int, the number of live sessions. */
static inline const void *extension(const sis_provider *provider, const char *id) {
  (void)provider;
  return strcmp(id, "org.homeroom.test.live-sessions/1") == 0 ? &live_sessions : NULL;
}

/* The table and the entry of a provider with an `open` of its own. */
#define FIXTURE_TABLE(id, open) FIXTURE_TABLE_OLDEST(id, open, 1)

/* The same, reading cursors from the format `oldest` on. */
#define FIXTURE_TABLE_OLDEST(id, open, oldest) \
  static const sis_provider table = { \
      sizeof(sis_provider), SIS_ABI_MAJOR, SIS_ABI_MINOR, NULL, id, FIXTURE_VERSION, \
      {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, FIXTURE_CURSOR, oldest, open, extension}; \
  const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) { \
    (void)host_minor; \
    return host_major == SIS_ABI_MAJOR ? &table : NULL; \
  }

/* An `open` that always answers a session of these two functions. */
#define FIXTURE_OPEN(next, feed) \
  static sis_session *open_session( \
      const sis_provider *provider, const sis_open *args, const sis_sink *sink) { \
    fixture *self = make_fixture(sink, next, feed); \
    (void)provider; \
    (void)args; \
    return self ? &self->base : NULL; \
  }

/* A whole provider, but for its `next` and `feed`. */
#define FIXTURE(id, next, feed) \
  SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST(id, "1")); \
  FIXTURE_OPEN(next, feed) \
  FIXTURE_TABLE(id, open_session)

#endif
