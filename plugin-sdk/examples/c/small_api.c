/* small-api-c - a whole provider in C99 for a small JSON API: four lists, read page by page.
 *
 * SPDX-License-Identifier: Apache-2.0
 *
 *     cc -std=c99 -shared -fPIC -fvisibility=hidden -I plugin-sdk/include -o small_api.so small_api.c
 *
 * GET /v1/schools?page=1&limit=200 answers {"page":1,"limit":200,"total":2,"asOf":"..","items":[..]}; so do
 * /v1/people, /v1/groups and /v1/memberships. `sis-simulator small-api` serves it (docs/simulator.md).
 *
 * What it shows: an option, paging by number, a cursor behind each page, a list that is proven to be whole,
 * identifiers, extension fields, rejects, and errors with their place. */
#include "sis_emit.h"

#include <stdio.h>
#include <stdlib.h>

#define JSON(...) #__VA_ARGS__
SIS_PLUGIN_MANIFEST(JSON({
  "manifest": 1, "id": "small-api-c", "name": "Small API, in C", "version": "1.0.0",
  "abi": {"major": 1, "minor": 0}, "cursorVersion": 1,
  "kinds": ["org", "user", "class", "enrollment"], "modes": ["full"],
  "rateLimit": {"perMinute": 120}, "maxInFlight": 1,
  "auth": [{"scheme": "static-bearer"}, {"scheme": "none"}], "allowedHosts": [],
  "extensions": [{"kind": "user", "name": "busRoute", "type": "text",
    "description": "The bus that a student takes"}],
  "config": {"type": "object", "properties": {
    "busRoutes": {"type": "boolean", "default": true,
      "description": "Read the bus routes of students, as the extension field busRoute"}}}
}));

#define CURSOR_VERSION 1u
#define USUAL_LIMIT 200u
#define MOST_LIMIT 500u

/* ---- Elements of the lists ------------------------------------------------------------------------- */

/* The members that are read. */
enum {
  ID, NAME, KIND, NUMBER, LOGIN, FIRST, MIDDLE, LAST, EMAIL, GRADE, LOWEST, HIGHEST, SCHOOL, STATE,
  GRADUATES, BUS, TITLE, CODE, MEETS, GROUP, PERSON, ROLE, FROM, TO, DROPPED, MEMBER_COUNT
};
static const char *const member_names[MEMBER_COUNT] = {
    "id", "name", "kind", "number", "login", "first", "middle", "last", "email", "grade", "lowestGrade",
    "highestGrade", "school", "state", "graduates", "bus", "title", "code", "meets", "group", "person",
    "role", "from", "to", "dropped"};

/* Reads an element; what it lacks stays empty, what is not known is passed over. */
static void read_element(json_pull *json, json_text members[MEMBER_COUNT]) {
  json_text key;
  memset(members, 0, sizeof(json_text) * MEMBER_COUNT);
  json_object(json);
  while (json_key(json, &key)) {
    size_t place = 0;
    while (place < MEMBER_COUNT && !json_is(&key, member_names[place])) place++;
    if (place < MEMBER_COUNT) json_scalar(json, &members[place]);
    else json_skip(json);
  }
}

/* CEDS words for -2 .. 13; NULL for anything else. */
static const char *grade(const json_text *value) {
  static const char *const words[] = {"PK", "PK", "KG", "01", "02", "03", "04", "05",
                                      "06", "07", "08", "09", "10", "11", "12", "13"};
  int64_t number;
  if (!json_integer(value, &number) || number < -2 || number > 13) return NULL;
  return words[number + 2];
}

static void school(emit_fields *out, const json_text *in) {
  emit_add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  emit_add(out, SIS_F_NAME, 0, &in[NAME]);
  emit_add_word(out, SIS_F_ORG_TYPE, 0, "school");
  emit_add_word(out, SIS_F_LOW_GRADE, 0, grade(&in[LOWEST]));
  emit_add_word(out, SIS_F_HIGH_GRADE, 0, grade(&in[HIGHEST]));
}

static void person(emit_fields *out, const json_text *in) {
  int is_student = json_is(&in[KIND], "student");
  int is_pending = json_is(&in[STATE], "pending");
  emit_add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  emit_add_named(out, SIS_F_IDENTIFIER, 0, "studentNumber", &in[NUMBER]);
  /* What the canonical model lacks is kept under its own name. */
  emit_add_named(out, SIS_F_EXTENSION, 0, "busRoute", &in[BUS]);
  emit_add(out, SIS_F_USERNAME, 0, &in[LOGIN]);
  emit_add_word(out, SIS_F_ENABLED, 0, is_pending ? "false" : "true");
  emit_add(out, SIS_F_GIVEN_NAME, 0, &in[FIRST]);
  emit_add(out, SIS_F_MIDDLE_NAME, 0, &in[MIDDLE]);
  emit_add(out, SIS_F_FAMILY_NAME, 0, &in[LAST]);
  emit_add(out, SIS_F_EMAIL, 0, &in[EMAIL]);
  emit_add_word(out, SIS_F_GRADE, 0, grade(&in[GRADE]));
  if (is_student) emit_add_word(out, SIS_F_ENROLL_STATUS, 0, is_pending ? "preRegistered" : "active");
  emit_add(out, SIS_F_GRADUATION_YEAR, 0, &in[GRADUATES]);
  emit_add(out, SIS_F_PRIMARY_ORG, 0, &in[SCHOOL]);
  /* The parts of one role share a group number. */
  emit_add(out, SIS_F_ROLE, 1, &in[KIND]);
  emit_add(out, SIS_F_ROLE_ORG, 1, &in[SCHOOL]);
  emit_add_word(out, SIS_F_ROLE_TYPE, 1, "primary");
}

static void group(emit_fields *out, const json_text *in) {
  emit_add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  emit_add(out, SIS_F_TITLE, 0, &in[TITLE]);
  emit_add(out, SIS_F_CODE, 0, &in[CODE]);
  emit_add_word(out, SIS_F_CLASS_TYPE, 0, "scheduled");
  emit_add(out, SIS_F_SCHOOL, 0, &in[SCHOOL]);
  emit_add(out, SIS_F_PERIOD, 0, &in[MEETS]);
}

static void membership(emit_fields *out, const json_text *in) {
  int is_leader = json_is(&in[ROLE], "leader");
  emit_add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  if (json_is(&in[DROPPED], "true")) emit_add_word(out, SIS_F_STATUS, 0, "dropped");
  emit_add(out, SIS_F_SCHOOL, 0, &in[SCHOOL]);
  emit_add(out, SIS_F_USER, 0, &in[PERSON]);
  emit_add(out, SIS_F_CLASS, 0, &in[GROUP]);
  emit_add_word(out, SIS_F_ENROLLMENT_ROLE, 0, is_leader ? "teacher" : "student");
  if (is_leader) emit_add_word(out, SIS_F_PRIMARY, 0, "true");
  emit_add(out, SIS_F_BEGIN_DATE, 0, &in[FROM]);
  emit_add(out, SIS_F_END_DATE, 0, &in[TO]);
}

/* What is referred to comes before what refers to it. */
static const struct list {
  const char *name;
  uint32_t kind;
  void (*map)(emit_fields *out, const json_text *in);
} lists[] = {
    {"schools", SIS_KIND_ORG, school},
    {"people", SIS_KIND_USER, person},
    {"groups", SIS_KIND_CLASS, group},
    {"memberships", SIS_KIND_ENROLLMENT, membership},
};
#define LIST_COUNT (sizeof lists / sizeof lists[0])

/* ---- The session ----------------------------------------------------------------------------------- */

/* Where the session stands: also what a cursor says. */
typedef struct place {
  unsigned list;  /* LIST_COUNT at the end */
  unsigned page;  /* the one that is read next, from 1 */
  unsigned limit; /* elements a page */
  unsigned seen;  /* elements of this list so far */
} place;

/* No list has more pages or elements; what a cursor says beyond is damaged. */
#define MOST 1000000000u

typedef struct session {
  sis_session base;
  place place;
  int is_asked; /* the request for `place` is on its way */
  int reads_bus_routes;
} session;

static uint64_t request_id(const place *place) { return (uint64_t)place->list << 32 | place->page; }

static sis_status emit_element(const sis_sink *sink, const session *self, json_pull *json) {
  const struct list *list = &lists[self->place.list];
  json_text members[MEMBER_COUNT];
  emit_fields fields;
  read_element(json, members);
  if (json->problem) return SIS_OK;
  if (list->kind == SIS_KIND_ENROLLMENT && members[PERSON].len == 0)
    return emit_reject(sink, list->kind, &members[ID], SIS_F_USER, "the membership names no person");
  if (!self->reads_bus_routes) members[BUS].len = 0;
  emit_begin(&fields);
  list->map(&fields, members);
  return emit_record(sink, list->kind, &fields);
}

/* Reads one answer and emits its records. `total` is the server's own count of the whole list. */
static sis_status read_page(
    const sis_sink *sink, const session *self, const sis_response *response, unsigned *items,
    int64_t *total) {
  json_pull json;
  json_text key, number;
  int has_items = 0;
  *items = 0;
  *total = -1;
  json_begin(&json, response->body.ptr, response->body.len);
  json_object(&json);
  while (json_key(&json, &key)) {
    if (json_is(&key, "items")) {
      has_items = 1;
      json_array(&json);
      while (json_element(&json)) {
        if (emit_element(sink, self, &json) < 0) return SIS_E_REFUSED;
        ++*items;
      }
    } else if (json_is(&key, "total")) {
      if (json_scalar(&json, &number) && !json_integer(&number, total))
        json_fail(&json, "the total is no number");
    } else {
      json_skip(&json);
    }
  }
  /* An answer of another kind must not pass for an empty list. */
  if (json_finish(&json) && (!has_items || *total < 0 || *total > MOST))
    json_fail(&json, "the answer has no items or no total");
  if (json.problem) {
    char why[160];
    snprintf(why, sizeof why, "%s (at byte %lu)", json.problem, (unsigned long)json_offset(&json));
    return emit_error(sink, SIS_E_PROTOCOL, response->id, why);
  }
  return SIS_OK;
}

/* The list was read to its end. Only if every element was seen may those that were not be taken for gone. */
static sis_status end_list(const sis_sink *sink, const struct list *list, unsigned seen, uint64_t total) {
  static const char changed[] = "a list changed while it was read: nothing of it is taken for removed";
  if (seen == total) return emit_end(sink, list->kind, SIS_COMPLETE, total);
  sink->note(sink, SIS_NOTE_WARNING, emit_text(changed));
  return emit_end(sink, list->kind, SIS_PARTIAL, total);
}

static sis_status next(sis_session *base, const sis_turn *turn, const sis_sink *sink) {
  session *self = base->ctx;
  const place *place = &self->place;
  const char *name;
  char target[80];
  if (!SIS_HAS(sink, error) || !SIS_HAS(turn, now_ms)) return SIS_E_UNSUPPORTED;
  if (place->list == LIST_COUNT) return SIS_DONE;
  if (self->is_asked || turn->grant == 0) return SIS_OK;
  name = lists[place->list].name;
  snprintf(target, sizeof target, "/v1/%s?page=%u&limit=%u", name, place->page, place->limit);
  if (emit_get(sink, request_id(place), target, name) < 0) return SIS_E_REFUSED;
  self->is_asked = 1;
  return SIS_OK;
}

static sis_status feed(sis_session *base, const sis_response *response, const sis_sink *sink) {
  session *self = base->ctx;
  place after = self->place;
  unsigned items;
  int64_t total;
  char cursor[80];
  sis_status status;
  sis_turn turn;
  if (!SIS_HAS(sink, error) || !SIS_HAS(response, reserved)) return SIS_E_UNSUPPORTED;
  if (!self->is_asked || response->id != request_id(&after))
    return emit_error(sink, SIS_E_INTERNAL, response->id, "this answer was not asked for");
  if (response->http_status == 403)
    return emit_error(sink, SIS_E_FORBIDDEN, response->id, "the key has no right to this list");
  if (response->http_status != 200)
    return emit_error(sink, SIS_E_NOT_FOUND, response->id, "the server has no such list");
  status = read_page(sink, self, response, &items, &total);
  if (status < 0) return status;

  after.seen += items;
  if (items > 0 && (uint64_t)after.page * after.limit < (uint64_t)total) {
    after.page++;
  } else {
    if (end_list(sink, &lists[after.list], after.seen, (uint64_t)total) < 0) return SIS_E_REFUSED;
    after.list++;
    after.page = 1;
    after.seen = 0;
  }
  snprintf(cursor, sizeof cursor, "%u %u %u %u", after.list, after.page, after.limit, after.seen);
  if (emit_cursor(sink, SIS_CURSOR_RESUME, CURSOR_VERSION, cursor) < 0) return SIS_E_REFUSED;
  /* Only now, when nothing can fail any more: the same request may be answered a second time. */
  self->place = after;
  self->is_asked = 0;
  memset(&turn, 0, sizeof turn);
  turn.size = sizeof turn;
  turn.grant = response->grant;
  turn.now_ms = response->now_ms;
  return next(base, &turn, sink);
}

static void finish(sis_session *base) { free(base->ctx); }

/* 0 for a cursor that is none of this provider's. */
static int read_cursor(sis_bytes bytes, uint32_t version, place *place) {
  char copy[80];
  if (version != CURSOR_VERSION || bytes.len >= sizeof copy) return 0;
  memcpy(copy, bytes.ptr, bytes.len);
  copy[bytes.len] = '\0';
  if (sscanf(copy, "%9u %9u %9u %9u", &place->list, &place->page, &place->limit, &place->seen) != 4) return 0;
  return place->list <= LIST_COUNT && place->page > 0;
}

/* 0 for options that the manifest does not allow; the host has checked them before. */
static int read_options(sis_bytes config, int *reads_bus_routes) {
  json_pull json;
  json_text key, word;
  json_begin(&json, config.ptr, config.len);
  json_object(&json);
  while (json_key(&json, &key)) {
    if (json_is(&key, "busRoutes")) json_boolean(&json, &word, reads_bus_routes);
    else json_skip(&json);
  }
  return json_finish(&json);
}

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  place place = {0, 1, USUAL_LIMIT, 0};
  unsigned limit = USUAL_LIMIT;
  int reads_bus_routes = 1;
  session *self;
  sis_status code = SIS_OK;
  (void)provider;
  /* What the host's structs lack cannot be read: never so with a host of version 1.0 or later. */
  if (!SIS_HAS(sink, error) || !SIS_HAS(args, seed)) return NULL;
  if (args->page_size > 0) limit = args->page_size < MOST_LIMIT ? args->page_size : MOST_LIMIT;
  place.limit = limit;
  if (args->mode != SIS_MODE_FULL)
    code = emit_error(sink, SIS_E_UNSUPPORTED, 0, "this provider reads full rosters only");
  else if (!read_options(args->config, &reads_bus_routes))
    code = emit_error(sink, SIS_E_CONFIG, 0, "the options are not what the manifest declares");
  else if (args->cursor.len > 0 && !read_cursor(args->cursor, args->cursor_version, &place))
    code = emit_error(sink, SIS_E_CURSOR, 0, "the cursor is not one of this provider");
  if (code < 0) return NULL;
  if (place.limit != limit) {
    /* Pages of another size hold other elements: this list is read again. What comes twice does no harm. */
    place.page = 1;
    place.seen = 0;
    place.limit = limit;
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
  self->reads_bus_routes = reads_bus_routes;
  return &self->base;
}

static const void *extension(const sis_provider *provider, const char *id) {
  (void)provider;
  (void)id;
  return NULL;
}

static const sis_provider table = {
    sizeof(sis_provider), SIS_ABI_MAJOR, SIS_ABI_MINOR, NULL, "small-api-c", "1.0.0",
    {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, CURSOR_VERSION, CURSOR_VERSION, open_session,
    extension};

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  (void)host_minor;
  return host_major == SIS_ABI_MAJOR ? &table : NULL;
}
