/* csv-roster: reads a roster that lies as six CSV files on a web server. A small, whole example of a provider
 * in plain C99: no allocation a record, no libc but memory and strings. */
#include "csv_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SIS_PLUGIN_MANIFEST(
    "{\"manifest\":1,\"id\":\"csv-roster\",\"name\":\"CSV roster over HTTP\",\"version\":\"1.0.0\","
    "\"abi\":{\"major\":1,\"minor\":0},\"cursorVersion\":1,"
    "\"kinds\":[\"org\",\"academicSession\",\"course\",\"class\",\"user\",\"enrollment\"],\"modes\":[\"full\"],"
    "\"rateLimit\":{\"perMinute\":60},\"maxInFlight\":1,"
    "\"auth\":[{\"scheme\":\"none\"},{\"scheme\":\"static-bearer\"}],\"allowedHosts\":[],"
    "\"config\":{\"type\":\"object\",\"properties\":{}}}");

/* A record may not have more fields than this; a row that needs more is rejected. */
#define MAX_FIELDS 256
#define CURSOR_VERSION 1u

typedef struct column {
  const char *name;
  uint32_t field;
  int is_list; /* elements separated by ';' */
} column;

#define LIST 1
static const column common[] = {
    {"sourcedId", SIS_F_SOURCED_ID, 0}, {"status", SIS_F_STATUS, 0}, {"dateLastModified", SIS_F_LAST_MODIFIED, 0},
    {"previousId", SIS_F_PREVIOUS_ID, 0}, {NULL, 0, 0}};
static const column org_columns[] = {
    {"name", SIS_F_NAME, 0}, {"orgType", SIS_F_ORG_TYPE, 0}, {"parent", SIS_F_PARENT, 0},
    {"lowGrade", SIS_F_LOW_GRADE, 0}, {"highGrade", SIS_F_HIGH_GRADE, 0}, {"timeZone", SIS_F_TIME_ZONE, 0},
    {NULL, 0, 0}};
static const column session_columns[] = {
    {"parent", SIS_F_PARENT, 0}, {"title", SIS_F_TITLE, 0}, {"sessionType", SIS_F_SESSION_TYPE, 0},
    {"schoolYear", SIS_F_SCHOOL_YEAR, 0}, {"code", SIS_F_CODE, 0}, {"school", SIS_F_SCHOOL, 0},
    {"beginDate", SIS_F_BEGIN_DATE, 0}, {"endDate", SIS_F_END_DATE, 0}, {NULL, 0, 0}};
static const column course_columns[] = {
    {"title", SIS_F_TITLE, 0}, {"schoolYear", SIS_F_SCHOOL_YEAR, 0}, {"code", SIS_F_CODE, 0},
    {"sessions", SIS_F_SESSION, LIST}, {"subjects", SIS_F_SUBJECT, LIST}, {"org", SIS_F_ORG, 0},
    {"department", SIS_F_DEPARTMENT, 0}, {NULL, 0, 0}};
static const column class_columns[] = {
    {"title", SIS_F_TITLE, 0}, {"code", SIS_F_CODE, 0}, {"classType", SIS_F_CLASS_TYPE, 0},
    {"course", SIS_F_COURSE, 0}, {"school", SIS_F_SCHOOL, 0}, {"sessions", SIS_F_SESSION, LIST},
    {"subjects", SIS_F_SUBJECT, LIST}, {"periods", SIS_F_PERIOD, LIST}, {"location", SIS_F_LOCATION, 0},
    {"department", SIS_F_DEPARTMENT, 0}, {NULL, 0, 0}};
static const column user_columns[] = {
    {"username", SIS_F_USERNAME, 0}, {"enabled", SIS_F_ENABLED, 0}, {"givenName", SIS_F_GIVEN_NAME, 0},
    {"middleName", SIS_F_MIDDLE_NAME, 0}, {"familyName", SIS_F_FAMILY_NAME, 0},
    {"preferredGivenName", SIS_F_PREFERRED_GIVEN, 0}, {"preferredMiddleName", SIS_F_PREFERRED_MIDDLE, 0},
    {"preferredFamilyName", SIS_F_PREFERRED_FAMILY, 0}, {"email", SIS_F_EMAIL, 0}, {"grades", SIS_F_GRADE, LIST},
    {"enrollStatus", SIS_F_ENROLL_STATUS, 0}, {"graduationYear", SIS_F_GRADUATION_YEAR, 0},
    {"primaryOrg", SIS_F_PRIMARY_ORG, 0}, {"role", SIS_F_ROLE, 0}, {"agents", SIS_F_AGENT, LIST}, {NULL, 0, 0}};
static const column enrollment_columns[] = {
    {"school", SIS_F_SCHOOL, 0}, {"user", SIS_F_USER, 0}, {"class", SIS_F_CLASS, 0},
    {"role", SIS_F_ENROLLMENT_ROLE, 0}, {"primary", SIS_F_PRIMARY, 0}, {"beginDate", SIS_F_BEGIN_DATE, 0},
    {"endDate", SIS_F_END_DATE, 0}, {NULL, 0, 0}};

/* The files in the order in which they are read. What is referred to comes before what refers to it. */
static const struct {
  const char *target;
  uint32_t kind;
  const column *columns;
} files[] = {
    {"/orgs.csv", SIS_KIND_ORG, org_columns},
    {"/academicSessions.csv", SIS_KIND_ACADEMIC_SESSION, session_columns},
    {"/courses.csv", SIS_KIND_COURSE, course_columns},
    {"/classes.csv", SIS_KIND_CLASS, class_columns},
    {"/users.csv", SIS_KIND_USER, user_columns},
    {"/enrollments.csv", SIS_KIND_ENROLLMENT, enrollment_columns},
};
#define FILE_COUNT (sizeof files / sizeof files[0])

typedef struct session {
  sis_session base;
  size_t file;   /* the file that is read next; FILE_COUNT at the end */
  int is_asked;  /* its request is on its way */
} session;

static sis_bytes text(const char *string) {
  sis_bytes bytes;
  bytes.ptr = string;
  bytes.len = strlen(string);
  return bytes;
}

/* Reports why the call fails; `text_before` and the line number make the sentence. */
static sis_status fail(
    const sis_sink *sink, sis_status code, uint64_t request, const char *target, const char *sentence,
    unsigned long line) {
  char message[256];
  sis_error error;
  if (line) snprintf(message, sizeof message, "%s, line %lu: %s", target, line, sentence);
  else snprintf(message, sizeof message, "%s: %s", target, sentence);
  memset(&error, 0, sizeof error);
  error.size = sizeof error;
  error.code = code;
  error.message = text(message);
  error.request_id = request;
  error.retry_after_ms = -1;
  sink->error(sink, &error);
  return code;
}

/* Why a call cannot be served: the host's struct lacks what version 1.0 has. Behind its end nothing may be read. */
static sis_status too_small(const sis_sink *sink, const char *name) {
  return fail(sink, SIS_E_UNSUPPORTED, 0, name, "the host's struct is smaller than that of version 1.0", 0);
}

static sis_status reject(const sis_sink *sink, uint32_t kind, sis_bytes id, const char *reason, unsigned long line) {
  char sentence[160];
  sis_reject rejected;
  snprintf(sentence, sizeof sentence, "line %lu: %s", line, reason);
  memset(&rejected, 0, sizeof rejected);
  rejected.size = sizeof rejected;
  rejected.kind = kind;
  rejected.sourced_id = id;
  rejected.reason = text(sentence);
  return sink->reject(sink, &rejected);
}

/* ---- The header row -------------------------------------------------------------------------------- */

/* One column of the file that is used: which cell, and what it becomes. */
typedef struct use {
  size_t cell;
  const column *column;
} use;

typedef struct header {
  use uses[CSV_MAX_CELLS]; /* in rising order of field */
  size_t count;
  size_t cells;
  size_t id_cell;
} header;

static const column *find(const column *columns, sis_bytes name) {
  for (; columns->name; columns++)
    if (strlen(columns->name) == name.len && memcmp(columns->name, name.ptr, name.len) == 0) return columns;
  return NULL;
}

static void note_unknown(const sis_sink *sink, const char *target, sis_bytes name) {
  char sentence[256];
  snprintf(
      sentence, sizeof sentence, "%s: the column %.*s is not known and was ignored", target,
      (int)(name.len > 64 ? 64 : name.len), (const char *)name.ptr);
  sink->note(sink, SIS_NOTE_WARNING, text(sentence));
}

/* NULL if the header is good, else what is wrong with it. */
static const char *read_header(
    const sis_sink *sink, size_t file, const sis_bytes *cells, size_t count, header *out) {
  size_t i, place;
  int has_id = 0;
  out->count = 0;
  out->cells = count;
  for (i = 0; i < count; i++) {
    const column *column = find(common, cells[i]);
    if (!column) column = find(files[file].columns, cells[i]);
    if (!column) {
      note_unknown(sink, files[file].target, cells[i]);
      continue;
    }
    for (place = out->count; place > 0 && out->uses[place - 1].column->field >= column->field; place--) {
      if (out->uses[place - 1].column->field == column->field) return "a column stands twice in the header";
      out->uses[place] = out->uses[place - 1];
    }
    out->uses[place].cell = i;
    out->uses[place].column = column;
    out->count++;
    if (column->field == SIS_F_SOURCED_ID) {
      has_id = 1;
      out->id_cell = i;
    }
  }
  return has_id ? NULL : "the first line has no column sourcedId";
}

/* ---- Rows ------------------------------------------------------------------------------------------ */

typedef struct record {
  sis_field fields[MAX_FIELDS];
  size_t count;
  int is_full;
} record;

static void add(record *record, uint32_t id, uint32_t group, sis_bytes value) {
  sis_field *field;
  if (value.len == 0) return;
  if (record->count == MAX_FIELDS) {
    record->is_full = 1;
    return;
  }
  field = &record->fields[record->count++];
  field->id = id;
  field->group = group;
  field->name.ptr = NULL;
  field->name.len = 0;
  field->value = value;
}

static void add_list(record *record, uint32_t id, sis_bytes cell) {
  const char *at = cell.ptr, *end = at + cell.len;
  while (at < end) {
    const char *semicolon = memchr(at, ';', (size_t)(end - at));
    sis_bytes element;
    element.ptr = at;
    element.len = (size_t)((semicolon ? semicolon : end) - at);
    add(record, id, 0, element);
    at += element.len + 1;
  }
}

static void build(const header *header, const sis_bytes *cells, record *record) {
  sis_bytes primary_org = {NULL, 0};
  size_t i;
  record->count = 0;
  record->is_full = 0;
  for (i = 0; i < header->count; i++) {
    const column *column = header->uses[i].column;
    sis_bytes cell = cells[header->uses[i].cell];
    if (column->field == SIS_F_PRIMARY_ORG) primary_org = cell;
    if (column->field == SIS_F_ROLE) {
      if (cell.len == 0) continue;
      add(record, SIS_F_ROLE, 1, cell);
      add(record, SIS_F_ROLE_ORG, 1, primary_org);
      add(record, SIS_F_ROLE_TYPE, 1, text("primary"));
    } else if (column->is_list) {
      add_list(record, column->field, cell);
    } else {
      add(record, column->field, 0, cell);
    }
  }
}

static sis_status read_rows(
    const sis_sink *sink, size_t file, csv_reader *reader, uint64_t request, uint64_t *total) {
  const char *target = files[file].target;
  const char *problem;
  sis_bytes cells[CSV_MAX_CELLS];
  sis_bytes nothing = {NULL, 0};
  header header;
  record record;
  size_t count;
  sis_status answer;
  if (csv_next(reader, cells, &count) != CSV_ROW)
    return fail(sink, SIS_E_PROTOCOL, request, target, "the file has no line of column names", 1);
  problem = read_header(sink, file, cells, count, &header);
  if (problem) return fail(sink, SIS_E_PROTOCOL, request, target, problem, reader->line);
  for (;;) {
    switch (csv_next(reader, cells, &count)) {
      case CSV_END: return SIS_OK;
      case CSV_NO_MEMORY: return fail(sink, SIS_E_NO_MEMORY, request, target, "out of memory", 0);
      case CSV_UNCLOSED_QUOTE:
        return fail(sink, SIS_E_PROTOCOL, request, target, "the file ends inside a quoted cell", reader->line);
      case CSV_TOO_MANY_CELLS:
        answer = reject(sink, files[file].kind, nothing, "the row has more than 128 cells", reader->line);
        break;
      case CSV_STRAY_QUOTE:
        answer = reject(sink, files[file].kind, nothing, "text stands behind a closing quote", reader->line);
        break;
      case CSV_ROW:
      default:
        if (count != header.cells) {
          answer = reject(
              sink, files[file].kind, header.id_cell < count ? cells[header.id_cell] : nothing,
              "the row has another number of cells than the first line", reader->line);
          break;
        }
        build(&header, cells, &record);
        answer = record.is_full
                     ? reject(sink, files[file].kind, cells[header.id_cell], "the row has too many values", reader->line)
                     : sink->record(sink, files[file].kind, record.fields, record.count);
        break;
    }
    if (answer < 0) return SIS_E_REFUSED;
    ++*total;
  }
}

/* ---- The session ----------------------------------------------------------------------------------- */

static sis_status next(sis_session *base, const sis_turn *turn, const sis_sink *sink) {
  session *self = base->ctx;
  sis_request request;
  if (!SIS_HAS(sink, error)) return SIS_E_UNSUPPORTED;
  if (!SIS_HAS(turn, now_ms)) return too_small(sink, "sis_turn");
  if (self->file == FILE_COUNT) return SIS_DONE;
  if (self->is_asked || turn->grant == 0) return SIS_OK;
  memset(&request, 0, sizeof request);
  request.size = sizeof request;
  request.id = self->file + 1;
  request.method = text("GET");
  request.target = text(files[self->file].target);
  request.resource = text(files[self->file].target + 1);
  request.expect = SIS_EXPECT_CSV;
  if (sink->request(sink, &request) < 0) return SIS_E_REFUSED;
  self->is_asked = 1;
  return SIS_OK;
}

static sis_status feed(sis_session *base, const sis_response *response, const sis_sink *sink) {
  session *self = base->ctx;
  csv_reader reader;
  sis_end end;
  sis_cursor cursor;
  unsigned char place;
  uint64_t total = 0;
  sis_status status;
  if (!SIS_HAS(sink, error)) return SIS_E_UNSUPPORTED;
  if (!SIS_HAS(response, reserved)) return too_small(sink, "sis_response");
  if (!self->is_asked || response->id != self->file + 1)
    return fail(sink, SIS_E_INTERNAL, response->id, "feed", "this answer was not asked for", 0);
  if (response->http_status != 200) {
    char sentence[64];
    snprintf(sentence, sizeof sentence, "the server answered with status %ld", (long)response->http_status);
    return fail(
        sink, response->http_status == 403 ? SIS_E_FORBIDDEN : SIS_E_NOT_FOUND, response->id,
        files[self->file].target, sentence, 0);
  }
  csv_begin(&reader, response->body);
  status = read_rows(sink, self->file, &reader, response->id, &total);
  csv_finish(&reader);
  if (status < 0) return status;

  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  end.kind = files[self->file].kind;
  end.completeness = SIS_COMPLETE;
  end.expected = total;
  if (sink->end(sink, &end) < 0) return SIS_E_REFUSED;
  place = (unsigned char)(self->file + 1);
  memset(&cursor, 0, sizeof cursor);
  cursor.size = sizeof cursor;
  cursor.purpose = SIS_CURSOR_RESUME;
  cursor.version = CURSOR_VERSION;
  cursor.bytes.ptr = &place;
  cursor.bytes.len = 1;
  if (sink->cursor(sink, &cursor) < 0) return SIS_E_REFUSED;
  self->file++;
  self->is_asked = 0;
  if (self->file == FILE_COUNT) return SIS_DONE;
  {
    /* The place that this answer freed takes the next file at once. */
    sis_turn turn;
    memset(&turn, 0, sizeof turn);
    turn.size = sizeof turn;
    turn.grant = response->grant;
    turn.now_ms = response->now_ms;
    return next(base, &turn, sink);
  }
}

static void finish(sis_session *base) { free(base->ctx); }

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  session *self;
  size_t file = 0;
  (void)provider;
  if (!SIS_HAS(sink, error)) return NULL;
  if (!SIS_HAS(args, seed)) {
    too_small(sink, "sis_open");
    return NULL;
  }
  if (args->mode != SIS_MODE_FULL) {
    fail(sink, SIS_E_UNSUPPORTED, 0, "csv-roster", "CSV files have no changes to read: only a full sync", 0);
    return NULL;
  }
  if (args->cursor.len > 0) {
    if (args->cursor_version != CURSOR_VERSION || args->cursor.len != 1
        || *(const unsigned char *)args->cursor.ptr > FILE_COUNT) {
      fail(sink, SIS_E_CURSOR, 0, "csv-roster", "the cursor is not one of this provider", 0);
      return NULL;
    }
    file = *(const unsigned char *)args->cursor.ptr;
  }
  self = calloc(1, sizeof *self);
  if (!self) {
    fail(sink, SIS_E_NO_MEMORY, 0, "csv-roster", "out of memory", 0);
    return NULL;
  }
  self->base.size = sizeof self->base;
  self->base.ctx = self;
  self->base.next = next;
  self->base.feed = feed;
  self->base.close = finish;
  self->file = file;
  return &self->base;
}

static const void *extension(const sis_provider *provider, const char *id) {
  (void)provider;
  (void)id;
  return NULL;
}

static const sis_provider table = {
    sizeof(sis_provider), SIS_ABI_MAJOR, SIS_ABI_MINOR, NULL, "csv-roster", "1.0.0",
    {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, CURSOR_VERSION, CURSOR_VERSION, open_session, extension};

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  (void)host_minor;
  return host_major == SIS_ABI_MAJOR ? &table : NULL;
}
