/* A provider for Homeroom: teaches it to read one student information system. README.md says how to go on.
 *
 * It reads four lists. Each page is an object with "items" and "next", the address of the page behind it:
 *
 *     GET /users.json    {"items": [{"id": "S1", "role": "student", ...}], "next": "/users-2.json"} */
#include "sis_emit.h"

#include "manifest.h"

#include <stdio.h>
#include <stdlib.h>

SIS_PLUGIN_MANIFEST(MANIFEST);

/* Both stand in manifest.json too, and must be equal. */
#define PROVIDER_ID "@NAME@"
#define PROVIDER_VERSION "0.1.0"

/* Raise it when the cursor, which `feed` writes and `open_session` reads, gets another form. */
#define CURSOR_VERSION 1u

/* ---- What the elements of the lists become --------------------------------------------------------- */

/* The members that are read, of all lists. */
enum { ID, NAME, ROLE, GIVEN, FAMILY, EMAIL, GRADE, SCHOOL, TITLE, USER, CLASS, BEGIN, END, MEMBER_COUNT };
static const char *const member_names[MEMBER_COUNT] = {
    "id", "name", "role", "given", "family", "email", "grade", "school", "title", "user", "class", "begin",
    "end"};

static void school(emit_fields *out, const json_text *in) {
  emit_add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  emit_add(out, SIS_F_NAME, 0, &in[NAME]);
  emit_add_word(out, SIS_F_ORG_TYPE, 0, "school");
}

static void user(emit_fields *out, const json_text *in) {
  emit_add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  emit_add(out, SIS_F_GIVEN_NAME, 0, &in[GIVEN]);
  emit_add(out, SIS_F_FAMILY_NAME, 0, &in[FAMILY]);
  emit_add(out, SIS_F_EMAIL, 0, &in[EMAIL]);
  emit_add(out, SIS_F_GRADE, 0, &in[GRADE]);
  emit_add(out, SIS_F_PRIMARY_ORG, 0, &in[SCHOOL]);
  /* The parts of one role share a group number. */
  emit_add(out, SIS_F_ROLE, 1, &in[ROLE]);
  emit_add(out, SIS_F_ROLE_ORG, 1, &in[SCHOOL]);
}

static void class_(emit_fields *out, const json_text *in) {
  emit_add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  emit_add(out, SIS_F_TITLE, 0, &in[TITLE]);
  emit_add(out, SIS_F_SCHOOL, 0, &in[SCHOOL]);
}

static void enrollment(emit_fields *out, const json_text *in) {
  emit_add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  emit_add(out, SIS_F_USER, 0, &in[USER]);
  emit_add(out, SIS_F_CLASS, 0, &in[CLASS]);
  emit_add(out, SIS_F_ENROLLMENT_ROLE, 0, &in[ROLE]);
  emit_add(out, SIS_F_BEGIN_DATE, 0, &in[BEGIN]);
  emit_add(out, SIS_F_END_DATE, 0, &in[END]);
}

/* The lists in the order in which they are read: what is referred to comes first. */
static const struct list {
  const char *word; /* for statistics */
  const char *first; /* the address of the first page */
  uint32_t kind;
  void (*map)(emit_fields *out, const json_text *in);
} lists[] = {
    {"schools", "/schools.json", SIS_KIND_ORG, school},
    {"users", "/users.json", SIS_KIND_USER, user},
    {"classes", "/classes.json", SIS_KIND_CLASS, class_},
    {"enrollments", "/enrollments.json", SIS_KIND_ENROLLMENT, enrollment},
};
#define LIST_COUNT (sizeof lists / sizeof lists[0])

/* ---- Reading a page -------------------------------------------------------------------------------- */

#define MAX_TARGET 1024

/* Where a session stands, and what a cursor says. */
typedef struct place {
  unsigned list;           /* LIST_COUNT at the end */
  char target[MAX_TARGET]; /* the page that is read next */
} place;

/* Reads one element of a list and emits it. */
static sis_status emit_element(const sis_sink *sink, const struct list *list, json_pull *json) {
  json_text members[MEMBER_COUNT], key;
  emit_fields fields;
  memset(members, 0, sizeof members);
  json_object(json);
  while (json_key(json, &key)) {
    size_t place = 0;
    while (place < MEMBER_COUNT && !json_is(&key, member_names[place])) place++;
    if (place < MEMBER_COUNT) json_scalar(json, &members[place]);
    else json_skip(json);
  }
  if (json->problem) return SIS_OK; /* read_page reports it */
  emit_begin(&fields);
  list->map(&fields, members);
  return emit_record(sink, list->kind, &fields);
}

/* Emits the records of a page and writes the address of the next one to `target`: empty behind the last. */
static sis_status read_page(
    const sis_sink *sink, const struct list *list, const sis_response *response, char target[MAX_TARGET]) {
  json_pull json;
  json_text key, next = {0, 0, 0};
  int has_items = 0;
  json_begin(&json, response->body.ptr, response->body.len);
  json_object(&json);
  while (json_key(&json, &key)) {
    if (json_is(&key, "items")) {
      has_items = 1;
      json_array(&json);
      while (json_element(&json))
        if (emit_element(sink, list, &json) < 0) return SIS_E_REFUSED;
    } else if (json_is(&key, "next")) {
      json_scalar(&json, &next);
    } else {
      json_skip(&json);
    }
  }
  /* An answer of another kind must not pass for an empty list. */
  if (json_finish(&json) && !has_items) json_fail(&json, "the answer has no items");
  if (!json.problem && next.len >= MAX_TARGET) json_fail(&json, "the address of the next page is too long");
  if (json.problem) {
    char why[160];
    snprintf(why, sizeof why, "%s (at byte %lu)", json.problem, (unsigned long)json_offset(&json));
    return emit_error(sink, SIS_E_PROTOCOL, response->id, why);
  }
  target[json_decode(&next, target, MAX_TARGET - 1)] = '\0';
  return SIS_OK;
}

/* ---- The session: one read of one district --------------------------------------------------------- */

typedef struct session {
  sis_session base;
  place place;
  uint64_t request; /* the number of the last request */
  int is_asked;     /* its answer has not come yet */
} session;

/* The host has room for a request: ask for the next page. */
static sis_status next(sis_session *base, const sis_turn *turn, const sis_sink *sink) {
  session *self = base->ctx;
  const place *place = &self->place;
  if (!SIS_HAS(sink, error) || !SIS_HAS(turn, now_ms)) return SIS_E_UNSUPPORTED;
  if (place->list == LIST_COUNT) return SIS_DONE;
  if (self->is_asked || turn->grant == 0) return SIS_OK;
  if (emit_get(sink, self->request + 1, place->target, lists[place->list].word) < 0) return SIS_E_REFUSED;
  self->request++;
  self->is_asked = 1;
  return SIS_OK;
}

/* An answer has come, whole. If this fails with SIS_E_PROTOCOL the same request is made again, so nothing of
 * the session changes before all has gone well. */
static sis_status feed(sis_session *base, const sis_response *response, const sis_sink *sink) {
  session *self = base->ctx;
  place after = self->place;
  char cursor[MAX_TARGET + 16];
  sis_status status;
  sis_turn turn;
  if (!SIS_HAS(sink, error) || !SIS_HAS(response, reserved)) return SIS_E_UNSUPPORTED;
  if (!self->is_asked || response->id != self->request)
    return emit_error(sink, SIS_E_INTERNAL, response->id, "this answer was not asked for");
  if (response->http_status != 200)
    return emit_error(
        sink, response->http_status == 403 ? SIS_E_FORBIDDEN : SIS_E_NOT_FOUND, response->id,
        "the server does not give this list");
  status = read_page(sink, &lists[after.list], response, after.target);
  if (status < 0) return status;
  if (strcmp(after.target, self->place.target) == 0)
    return emit_error(sink, SIS_E_PROTOCOL, response->id, "a page says that it is behind itself");

  if (after.target[0] == '\0') {
    /* The list was read to its end: whoever was not in it has left. */
    if (emit_end(sink, lists[after.list].kind, SIS_COMPLETE, SIS_COUNT_UNKNOWN) < 0) return SIS_E_REFUSED;
    after.list++;
    if (after.list < LIST_COUNT) strcpy(after.target, lists[after.list].first);
  }
  /* Everything so far may be stored, and a run that is stopped goes on from here. */
  snprintf(cursor, sizeof cursor, "%u %s", after.list, after.target);
  if (emit_cursor(sink, SIS_CURSOR_RESUME, CURSOR_VERSION, cursor) < 0) return SIS_E_REFUSED;
  self->place = after;
  self->is_asked = 0;
  memset(&turn, 0, sizeof turn);
  turn.size = sizeof turn;
  turn.grant = response->grant;
  turn.now_ms = response->now_ms;
  return next(base, &turn, sink);
}

static void finish(sis_session *base) { free(base->ctx); }

/* ---- The provider ---------------------------------------------------------------------------------- */

/* 0 for a cursor that is none of this provider's. */
static int read_cursor(sis_bytes bytes, uint32_t version, place *place) {
  const char *text = bytes.ptr;
  if (version != CURSOR_VERSION || bytes.len < 2 || bytes.len - 2 >= MAX_TARGET || text[1] != ' ') return 0;
  if (text[0] < '0' || text[0] > '0' + (int)LIST_COUNT) return 0;
  place->list = (unsigned)(text[0] - '0');
  memcpy(place->target, text + 2, bytes.len - 2);
  place->target[bytes.len - 2] = '\0';
  return place->list == LIST_COUNT || place->target[0] != '\0';
}

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  place place = {0, ""};
  session *self;
  (void)provider;
  /* What the host's structs lack cannot be read: never so with a host of version 1.0 or later. */
  if (!SIS_HAS(sink, error) || !SIS_HAS(args, seed)) return NULL;
  strcpy(place.target, lists[0].first);
  if (args->mode != SIS_MODE_FULL) {
    emit_error(sink, SIS_E_UNSUPPORTED, 0, "this provider reads full rosters only");
    return NULL;
  }
  if (args->cursor.len > 0 && !read_cursor(args->cursor, args->cursor_version, &place)) {
    emit_error(sink, SIS_E_CURSOR, 0, "the cursor is not one of this provider");
    return NULL;
  }
  self = calloc(1, sizeof *self);
  if (!self) {
    emit_error(sink, SIS_E_NO_MEMORY, 0, "out of memory");
    return NULL;
  }
  self->base.size = sizeof self->base;
  self->base.ctx = self;
  self->base.next = next;
  self->base.feed = feed;
  self->base.close = finish;
  self->place = place;
  return &self->base;
}

static const void *extension(const sis_provider *provider, const char *id) {
  (void)provider;
  (void)id;
  return NULL;
}

static const sis_provider table = {
    sizeof(sis_provider), SIS_ABI_MAJOR, SIS_ABI_MINOR, NULL, PROVIDER_ID, PROVIDER_VERSION,
    {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, CURSOR_VERSION, CURSOR_VERSION, open_session,
    extension};

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  (void)host_minor;
  return host_major == SIS_ABI_MAJOR ? &table : NULL;
}
