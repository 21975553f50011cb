/* pages.h: a provider that keeps every rule of the contract. A fixture breaks one of them, by a macro that it defines
 * before it includes this file.
 *
 * It asks for /page/1, /page/2 and /page/3, as many at a time as it may. A page is a JSON list, a text a line:
 *
 *     ["page",
 *     "1 Elm",
 *     "2 Oak",
 *     "end"]
 *
 * and each line between the first and the last becomes an org. The cursor is one byte with a bit for each page. */
#ifndef PAGES_H
#define PAGES_H

#include "../fixture.h"

#define PAGES 3
#define ALL ((1u << PAGES) - 1)
#define BIT(page) (1u << ((page)-1))

typedef struct pages {
  sis_session base;
  unsigned asked; /* a bit for each page that is asked for or done */
  unsigned done;
  unsigned latest; /* the page that was answered last */
} pages;

/* What a fixture may do in a call, with `self`, `sink` and the call's own argument at hand. */
#ifndef IN_OPEN
#define IN_OPEN
#endif
#ifndef IN_NEXT
#define IN_NEXT
#endif
#ifndef IN_FEED
#define IN_FEED
#endif
/* The byte of the cursor. */
#ifndef CURSOR_OF
#define CURSOR_OF(done) (done)
#endif
/* Is the body the whole page? */
#ifndef IS_WHOLE
#define IS_WHOLE(body) is_whole(body)
#endif
/* Does the page count? */
#ifndef TAKES
#define TAKES(self, page) 1
#endif
/* What is returned when the sink refuses. */
#ifndef REFUSED
#define REFUSED SIS_E_REFUSED
#endif
/* What the table says of itself. */
#ifndef TABLE_VERSION
#define TABLE_VERSION FIXTURE_VERSION
#endif
#ifndef SERVES
#define SERVES(major) ((major) == SIS_ABI_MAJOR)
#endif
#ifndef EXTENSION
#define EXTENSION(id) NULL
#endif
/* Is the field there? */
#ifndef NEEDS
#define NEEDS(pointer, field) SIS_HAS(pointer, field)
#endif
#ifndef HEADER
#define HEADER "accept"
#endif

static inline int begins(sis_bytes body, const char *word) {
  return body.len >= strlen(word) && memcmp(body.ptr, word, strlen(word)) == 0;
}

static inline int is_whole(sis_bytes body) {
  const char *end = "\"end\"]";
  size_t len = body.len;
  while (len > 0 && ((const char *)body.ptr)[len - 1] <= ' ' && ((const char *)body.ptr)[len - 1] >= 0) len--;
  return begins(body, "[\"page\",\n") && len >= strlen(end)
         && memcmp((const char *)body.ptr + len - strlen(end), end, strlen(end)) == 0;
}

/* One line: "1 Elm", with its quotes and its comma. Any other is no org. */
static inline sis_status take_line(const sis_sink *sink, const char *at, size_t len) {
  const char *blank = len > 3 && at[0] == '"' ? memchr(at, ' ', len) : NULL;
  sis_field fields[3];
  if (!blank || len < 3 || at[len - 1] != ',' || at[len - 2] != '"' || at + len - 2 <= blank + 1) return SIS_OK;
  fields[0] = field(SIS_F_SOURCED_ID, bytes_of(at + 1, (size_t)(blank - at - 1)));
  fields[1] = field(SIS_F_NAME, bytes_of(blank + 1, (size_t)(at + len - 2 - blank - 1)));
  fields[2] = field(SIS_F_ORG_TYPE, text("school"));
  return fields[0].value.len ? sink->record(sink, SIS_KIND_ORG, fields, 3) : SIS_OK;
}

static inline sis_status take_lines(const sis_sink *sink, sis_bytes body) {
  const char *at = body.len ? body.ptr : "", *end = at + body.len;
  while (at < end) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) stop = end;
    if (take_line(sink, at, (size_t)(stop - at)) < 0) return SIS_E_REFUSED;
    at = stop + 1;
  }
  return SIS_OK;
}

static inline sis_status place(const sis_sink *sink, unsigned done) {
  unsigned char byte = (unsigned char)CURSOR_OF(done);
  sis_cursor cursor;
  memset(&cursor, 0, sizeof cursor);
  cursor.size = sizeof cursor;
  cursor.version = 1;
  cursor.bytes = bytes_of(&byte, 1);
  return sink->cursor(sink, &cursor);
}

static inline sis_status finish_kind(const sis_sink *sink) {
  sis_end end;
  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  end.kind = SIS_KIND_ORG;
  end.completeness = SIS_COMPLETE;
  end.expected = SIS_COUNT_UNKNOWN;
  return sink->end(sink, &end);
}

static inline sis_status ask_pages(pages *self, uint32_t grant, const sis_sink *sink) {
  sis_header header;
  header.name = text(HEADER);
  header.value = text("application/json");
  for (unsigned page = 1; page <= PAGES && grant > 0; page++) {
    char target[32];
    sis_request request;
    if (self->asked & BIT(page)) continue;
    snprintf(target, sizeof target, "/page/%u", page);
    request = request_for(page, target);
    request.expect = SIS_EXPECT_JSON;
    request.headers = &header;
    request.header_count = 1;
    if (sink->request(sink, &request) < 0) return REFUSED;
    self->asked |= BIT(page);
    grant--;
  }
  return SIS_OK;
}

static sis_status next(sis_session *session, const sis_turn *turn, const sis_sink *sink) {
  pages *self = session->ctx;
  if (!NEEDS(sink, error) || !NEEDS(turn, now_ms)) return SIS_E_UNSUPPORTED;
  IN_NEXT
  return self->done == ALL ? SIS_DONE : ask_pages(self, turn->grant, sink);
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  pages *self = session->ctx;
  unsigned page;
  if (!NEEDS(sink, error) || !NEEDS(response, grant)) return SIS_E_UNSUPPORTED;
  page = response->id >= 1 && response->id <= PAGES ? (unsigned)response->id : 0;
  IN_FEED
  if (!page || !(self->asked & BIT(page)) || self->done & BIT(page))
    return fail(sink, SIS_E_INTERNAL, response->id, "this answer was not asked for");
  if (response->http_status != 200) return fail(sink, SIS_E_NOT_FOUND, response->id, "there is no such page");
  if (!IS_WHOLE(response->body)) return fail(sink, SIS_E_PROTOCOL, response->id, "the page is not whole");
  if (TAKES(self, page) && take_lines(sink, response->body) < 0) return REFUSED;
  if ((self->done | BIT(page)) == ALL && finish_kind(sink) < 0) return REFUSED;
  if (place(sink, self->done | BIT(page)) < 0) return REFUSED;
  self->done |= BIT(page);
  self->latest = page;
  return self->done == ALL ? SIS_DONE : SIS_OK;
}

static void close_session(sis_session *session) { free(session->ctx); }

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  pages *self;
  unsigned done = 0;
  (void)provider;
  if (!NEEDS(sink, error)) return NULL;
  if (!NEEDS(args, seed)) return fail(sink, SIS_E_UNSUPPORTED, 0, "the host is too old"), NULL;
  if (args->cursor.len > 0) {
    done = *(const unsigned char *)args->cursor.ptr;
#ifdef TRUSTS_CURSOR
    if (done > ALL) abort();
#endif
    if (args->cursor.len != 1 || done > ALL) return fail(sink, SIS_E_CURSOR, 0, "this is no cursor of mine"), NULL;
  }
  self = calloc(1, sizeof *self);
  if (!self) return fail(sink, SIS_E_NO_MEMORY, 0, "out of memory"), NULL;
  self->done = self->asked = done;
  self->base.size = sizeof self->base;
  self->base.ctx = self;
  self->base.next = next;
  self->base.feed = feed;
  self->base.close = close_session;
  IN_OPEN
  return &self->base;
}

static const void *find_extension(const sis_provider *provider, const char *id) {
  (void)provider;
  (void)id;
  return EXTENSION(id);
}

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("pages", "1"));

static const sis_provider table = {
    sizeof(sis_provider), SIS_ABI_MAJOR, SIS_ABI_MINOR, NULL, "pages", TABLE_VERSION,
    {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, 1, 1, open_session, find_extension};

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  (void)host_minor;
  (void)host_major;
  return SERVES(host_major) ? &table : NULL;
}

#endif
