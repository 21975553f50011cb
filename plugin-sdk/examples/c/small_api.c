/* small-api-c - a whole provider in C99 for a small JSON API: four lists, read page by page.
 *
 * SPDX-License-Identifier: Apache-2.0
 *
 *     cc -std=c99 -shared -fPIC -fvisibility=hidden -I plugin-sdk/include -o libsis_small_api_c.so small_api.c
 *
 * GET /v1/schools?page=1&limit=200 answers {"page":1,"limit":200,"total":2,"asOf":"..","items":[..]}; so do
 * /v1/people, /v1/groups and /v1/memberships. `sis-simulator small-api` serves it (docs/simulator.md).
 *
 * What it shows: paging by number, a cursor behind each page, a list that is proven to be whole, fields with
 * and without a mapping, identifiers, extension fields, rejects, and errors with a place. */
#include "sis_plugin.h"

#include "json_pull.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JSON(...) #__VA_ARGS__
SIS_PLUGIN_MANIFEST(JSON({
  "manifest": 1, "id": "small-api-c", "name": "Small API, in C", "version": "1.0.0",
  "abi": {"major": 1, "minor": 0}, "cursorVersion": 1,
  "kinds": ["org", "user", "class", "enrollment"], "modes": ["full"],
  "rateLimit": {"perMinute": 120}, "maxInFlight": 1,
  "auth": [{"scheme": "static-bearer"}, {"scheme": "none"}], "allowedHosts": [],
  "config": {"type": "object", "properties": {}}
}));

#define CURSOR_VERSION 1u
#define USUAL_LIMIT 200u
#define MOST_LIMIT 500u

/* ---- One record on its way out --------------------------------------------------------------------- */

/* Values point into the answer; those with escapes are decoded into `decoded` first. */
typedef struct record {
  sis_field fields[24];
  size_t count;
  char decoded[4096];
  size_t used;
  int is_full; /* something had no room: the record must not go out */
} record;

static sis_bytes text(const char *string) {
  sis_bytes bytes;
  bytes.ptr = string;
  bytes.len = strlen(string);
  return bytes;
}

static void add_bytes(record *record, uint32_t id, uint32_t group, const char *name, sis_bytes value) {
  sis_field *field;
  if (value.len == 0) return;
  if (record->count == sizeof record->fields / sizeof record->fields[0]) {
    record->is_full = 1;
    return;
  }
  field = &record->fields[record->count++];
  field->id = id;
  field->group = group;
  field->name = text(name);
  field->value = value;
}

/* A word that this provider writes; NULL is none. */
static void add_word(record *record, uint32_t id, uint32_t group, const char *word) {
  if (word) add_bytes(record, id, group, "", text(word));
}

/* A text of the answer, under the name of its type where it has one. */
static void add_named(record *record, uint32_t id, uint32_t group, const char *name, const json_text *value) {
  char *place = record->decoded + record->used;
  size_t room = sizeof record->decoded - record->used;
  sis_bytes bytes;
  bytes.ptr = value->ptr;
  bytes.len = value->len;
  if (value->escaped) {
    bytes.ptr = place;
    bytes.len = json_decode(value, place, room);
    if (bytes.len > room) {
      record->is_full = 1;
      return;
    }
    record->used += bytes.len;
  }
  add_bytes(record, id, group, name, bytes);
}

static void add(record *record, uint32_t id, uint32_t group, const json_text *value) {
  add_named(record, id, group, "", value);
}

/* ---- Elements of the lists ------------------------------------------------------------------------- */

/* The members that are read; MEMBER_COUNT is no member. */
enum {
  ID, NAME, KIND, NUMBER, LOGIN, FIRST, MIDDLE, LAST, EMAIL, GRADE, LOWEST, HIGHEST, SCHOOL, STATE, GRADUATES, BUS,
  TITLE, CODE, MEETS, GROUP, PERSON, ROLE, FROM, TO, DROPPED, MEMBER_COUNT
};
static const char *const member_names[MEMBER_COUNT] = {
    "id", "name", "kind", "number", "login", "first", "middle", "last", "email", "grade", "lowestGrade",
    "highestGrade", "school", "state", "graduates", "bus", "title", "code", "meets", "group", "person", "role", "from",
    "to", "dropped"};

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

static void school(record *out, const json_text *in) {
  add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  add(out, SIS_F_NAME, 0, &in[NAME]);
  add_word(out, SIS_F_ORG_TYPE, 0, "school");
  add_word(out, SIS_F_LOW_GRADE, 0, grade(&in[LOWEST]));
  add_word(out, SIS_F_HIGH_GRADE, 0, grade(&in[HIGHEST]));
}

static void person(record *out, const json_text *in) {
  int is_student = json_is(&in[KIND], "student");
  int is_pending = json_is(&in[STATE], "pending");
  add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  add_named(out, SIS_F_IDENTIFIER, 0, "studentNumber", &in[NUMBER]);
  add_named(out, SIS_F_EXTENSION, 0, "busRoute", &in[BUS]);
  add(out, SIS_F_USERNAME, 0, &in[LOGIN]);
  add_word(out, SIS_F_ENABLED, 0, is_pending ? "false" : "true");
  add(out, SIS_F_GIVEN_NAME, 0, &in[FIRST]);
  add(out, SIS_F_MIDDLE_NAME, 0, &in[MIDDLE]);
  add(out, SIS_F_FAMILY_NAME, 0, &in[LAST]);
  add(out, SIS_F_EMAIL, 0, &in[EMAIL]);
  add_word(out, SIS_F_GRADE, 0, grade(&in[GRADE]));
  if (is_student) add_word(out, SIS_F_ENROLL_STATUS, 0, is_pending ? "preRegistered" : "active");
  add(out, SIS_F_GRADUATION_YEAR, 0, &in[GRADUATES]);
  add(out, SIS_F_PRIMARY_ORG, 0, &in[SCHOOL]);
  /* The parts of one role share a group number. */
  add(out, SIS_F_ROLE, 1, &in[KIND]);
  add(out, SIS_F_ROLE_ORG, 1, &in[SCHOOL]);
  add_word(out, SIS_F_ROLE_TYPE, 1, "primary");
}

static void group(record *out, const json_text *in) {
  add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  add(out, SIS_F_TITLE, 0, &in[TITLE]);
  add(out, SIS_F_CODE, 0, &in[CODE]);
  add_word(out, SIS_F_CLASS_TYPE, 0, "scheduled");
  add(out, SIS_F_SCHOOL, 0, &in[SCHOOL]);
  add(out, SIS_F_PERIOD, 0, &in[MEETS]);
}

static void membership(record *out, const json_text *in) {
  int is_leader = json_is(&in[ROLE], "leader");
  add(out, SIS_F_SOURCED_ID, 0, &in[ID]);
  if (json_is(&in[DROPPED], "true")) add_word(out, SIS_F_STATUS, 0, "dropped");
  add(out, SIS_F_SCHOOL, 0, &in[SCHOOL]);
  add(out, SIS_F_USER, 0, &in[PERSON]);
  add(out, SIS_F_CLASS, 0, &in[GROUP]);
  add_word(out, SIS_F_ENROLLMENT_ROLE, 0, is_leader ? "teacher" : "student");
  if (is_leader) add_word(out, SIS_F_PRIMARY, 0, "true");
  add(out, SIS_F_BEGIN_DATE, 0, &in[FROM]);
  add(out, SIS_F_END_DATE, 0, &in[TO]);
}

/* What is referred to comes before what refers to it. */
static const struct list {
  const char *name;
  uint32_t kind;
  void (*map)(record *out, const json_text *in);
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
  uint64_t seen;  /* elements of this list so far */
} place;

typedef struct session {
  sis_session base;
  place place;
  int is_asked; /* the request for `place` is on its way */
} session;

/* Says why the call fails, and where. Answers `code`. */
static sis_status fail(const sis_sink *sink, sis_status code, const place *place, uint64_t request, const char *why) {
  char message[200];
  sis_error error;
  const char *name = place && place->list < LIST_COUNT ? lists[place->list].name : "small-api-c";
  snprintf(message, sizeof message, "%s, page %u: %s", name, place ? place->page : 0, why);
  memset(&error, 0, sizeof error);
  error.size = sizeof error;
  error.code = code;
  error.message = text(place ? message : why);
  error.request_id = request;
  error.retry_after_ms = -1;
  sink->error(sink, &error);
  return code;
}

/* Keeps an element aside that cannot be mapped: it counts as present, and the run goes on. */
static sis_status reject(
    const sis_sink *sink, uint32_t kind, const json_text *id, uint32_t field, const char *reason) {
  sis_reject rejected;
  memset(&rejected, 0, sizeof rejected);
  rejected.size = sizeof rejected;
  rejected.kind = kind;
  rejected.sourced_id.ptr = id->ptr;
  rejected.sourced_id.len = id->len;
  rejected.field = field;
  rejected.reason = text(reason);
  return sink->reject(sink, &rejected);
}

static sis_status emit(const sis_sink *sink, const struct list *list, json_pull *json) {
  json_text members[MEMBER_COUNT];
  record record;
  read_element(json, members);
  if (json->problem) return SIS_OK;
  if (list->kind == SIS_KIND_ENROLLMENT && members[PERSON].len == 0)
    return reject(sink, list->kind, &members[ID], SIS_F_USER, "the membership names no person");
  record.count = record.used = 0;
  record.is_full = 0;
  list->map(&record, members);
  if (record.is_full) return reject(sink, list->kind, &members[ID], 0, "its texts are too long for this provider");
  return sink->record(sink, list->kind, record.fields, record.count);
}

/* Reads one answer and emits its records; `total` is the server's own count of the list. */
static sis_status read_page(
    const sis_sink *sink, const place *place, const sis_response *response, uint64_t *items, int64_t *total) {
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
        if (emit(sink, &lists[place->list], &json) < 0) return SIS_E_REFUSED;
        ++*items;
      }
    } else if (json_is(&key, "total")) {
      if (json_scalar(&json, &number) && !json_integer(&number, total)) json_fail(&json, "the total is no number");
    } else {
      json_skip(&json);
    }
  }
  /* An answer of another kind must not pass for an empty list. */
  if (json_finish(&json) && (!has_items || *total < 0)) json_fail(&json, "the answer has no items or no total");
  if (json.problem) {
    char why[120];
    snprintf(why, sizeof why, "%s (at byte %lu)", json.problem, (unsigned long)json_offset(&json));
    return fail(sink, SIS_E_PROTOCOL, place, response->id, why);
  }
  return SIS_OK;
}

static sis_status save(const sis_sink *sink, const place *place) {
  char bytes[80];
  sis_cursor cursor;
  memset(&cursor, 0, sizeof cursor);
  cursor.size = sizeof cursor;
  cursor.purpose = SIS_CURSOR_RESUME;
  cursor.version = CURSOR_VERSION;
  snprintf(bytes, sizeof bytes, "%u %u %u %llu", place->list, place->page, place->limit,
           (unsigned long long)place->seen);
  cursor.bytes = text(bytes);
  return sink->cursor(sink, &cursor);
}

/* The list was read to its end. Only if every element was seen may those that were not be taken for gone. */
static sis_status end_list(const sis_sink *sink, const struct list *list, uint64_t seen, uint64_t total) {
  sis_end end;
  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  end.kind = list->kind;
  end.completeness = seen == total ? SIS_COMPLETE : SIS_PARTIAL;
  end.expected = total;
  if (seen != total)
    sink->note(sink, SIS_NOTE_WARNING, text("a list changed while it was read: nothing of it is taken for removed"));
  return sink->end(sink, &end);
}

static sis_status next(sis_session *base, const sis_turn *turn, const sis_sink *sink) {
  session *self = base->ctx;
  const place *place = &self->place;
  char target[80];
  sis_request request;
  if (!SIS_HAS(sink, error) || !SIS_HAS(turn, now_ms)) return SIS_E_UNSUPPORTED;
  if (place->list == LIST_COUNT) return SIS_DONE;
  if (self->is_asked || turn->grant == 0) return SIS_OK;
  snprintf(target, sizeof target, "/v1/%s?page=%u&limit=%u", lists[place->list].name, place->page, place->limit);
  memset(&request, 0, sizeof request);
  request.size = sizeof request;
  request.id = (uint64_t)place->list << 32 | place->page;
  request.method = text("GET");
  request.target = text(target);
  request.resource = text(lists[place->list].name);
  request.expect = SIS_EXPECT_JSON;
  if (sink->request(sink, &request) < 0) return SIS_E_REFUSED;
  self->is_asked = 1;
  return SIS_OK;
}

static sis_status feed(sis_session *base, const sis_response *response, const sis_sink *sink) {
  session *self = base->ctx;
  place after = self->place;
  uint64_t items;
  int64_t total;
  sis_status status;
  sis_turn turn;
  if (!SIS_HAS(sink, error) || !SIS_HAS(response, reserved)) return SIS_E_UNSUPPORTED;
  if (!self->is_asked || response->id != ((uint64_t)after.list << 32 | after.page))
    return fail(sink, SIS_E_INTERNAL, &after, response->id, "this answer was not asked for");
  if (response->http_status == 403)
    return fail(sink, SIS_E_FORBIDDEN, &after, response->id, "the key has no right to this list");
  if (response->http_status != 200)
    return fail(sink, SIS_E_NOT_FOUND, &after, response->id, "the server has no such list");
  status = read_page(sink, &after, response, &items, &total);
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
  if (save(sink, &after) < 0) return SIS_E_REFUSED;
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
static int read_cursor(sis_bytes bytes, place *place) {
  char copy[80];
  unsigned long long seen;
  if (bytes.len >= sizeof copy) return 0;
  memcpy(copy, bytes.ptr, bytes.len);
  copy[bytes.len] = '\0';
  if (sscanf(copy, "%u %u %u %llu", &place->list, &place->page, &place->limit, &seen) != 4) return 0;
  place->seen = seen;
  return place->list <= LIST_COUNT && place->page > 0 && place->limit > 0;
}

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  place place = {0, 1, USUAL_LIMIT, 0};
  unsigned limit = USUAL_LIMIT;
  session *self;
  (void)provider;
  /* What the host's structs lack cannot be read: never so with a host of version 1.0 or later. */
  if (!SIS_HAS(sink, error) || !SIS_HAS(args, seed)) return NULL;
  if (args->mode != SIS_MODE_FULL) {
    fail(sink, SIS_E_UNSUPPORTED, NULL, 0, "this provider reads full rosters only");
    return NULL;
  }
  if (args->page_size > 0) limit = args->page_size < MOST_LIMIT ? args->page_size : MOST_LIMIT;
  place.limit = limit;
  if (args->cursor.len > 0 && (args->cursor_version != CURSOR_VERSION || !read_cursor(args->cursor, &place))) {
    fail(sink, SIS_E_CURSOR, NULL, 0, "the cursor is not one of this provider");
    return NULL;
  }
  if (place.limit != limit) {
    /* Pages of another size hold other elements: this list is read again. What comes twice does no harm. */
    place.page = 1;
    place.seen = 0;
    place.limit = limit;
  }
  self = calloc(1, sizeof *self);
  if (!self) {
    fail(sink, SIS_E_NO_MEMORY, NULL, 0, "out of memory");
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
    sizeof(sis_provider), SIS_ABI_MAJOR, SIS_ABI_MINOR, NULL, "small-api-c", "1.0.0",
    {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, CURSOR_VERSION, CURSOR_VERSION, open_session, extension};

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  (void)host_minor;
  return host_major == SIS_ABI_MAJOR ? &table : NULL;
}
