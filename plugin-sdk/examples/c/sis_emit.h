/* sis_emit.h - one call for each thing that a provider tells its host. One file; copy it with json_pull.h.
 *
 * SPDX-License-Identifier: Apache-2.0
 *
 *     emit_fields fields;
 *     emit_begin(&fields);
 *     emit_add(&fields, SIS_F_SOURCED_ID, 0, &id);
 *     emit_add_word(&fields, SIS_F_ORG_TYPE, 0, "school");
 *     if (emit_record(sink, SIS_KIND_ORG, &fields) < 0) return SIS_E_REFUSED;
 *
 * It only fills the structs of sis_plugin.h, and holds no state. A status below 0 of a function that emits
 * means that the host takes no more: return SIS_E_REFUSED from the call at once. */
#ifndef SIS_EMIT_H
#define SIS_EMIT_H

#include "sis_plugin.h"

#include "json_pull.h"

#include <string.h>

/* Fields of one record, and room for the values that had escapes; the others point into the answer. */
typedef struct emit_fields {
  sis_field fields[64];
  size_t count;
  char decoded[8192];
  size_t used;
  int is_full; /* something had no room: the record goes out as a reject */
} emit_fields;

/* A C string as bytes, borrowed. */
static inline sis_bytes emit_text(const char *string) {
  sis_bytes bytes;
  bytes.ptr = string;
  bytes.len = strlen(string);
  return bytes;
}

/* ---- The fields of a record; best in rising order of their numbers --------------------------------- */

static inline void emit_begin(emit_fields *fields) {
  fields->count = fields->used = 0;
  fields->is_full = 0;
}

/* An empty value adds nothing. `name` is the type of an identifier or the name of an extension field, else
 * ""; `group` ties the parts of one role, phone or address, else 0. */
static inline void emit_add_bytes(
    emit_fields *fields, uint32_t id, uint32_t group, const char *name, sis_bytes value) {
  sis_field *field;
  if (value.len == 0) return;
  if (fields->count == sizeof fields->fields / sizeof fields->fields[0]) {
    fields->is_full = 1;
    return;
  }
  field = &fields->fields[fields->count++];
  field->id = id;
  field->group = group;
  field->name = emit_text(name);
  field->value = value;
}

/* A word that the provider writes; NULL is none. */
static inline void emit_add_word(emit_fields *fields, uint32_t id, uint32_t group, const char *word) {
  if (word) emit_add_bytes(fields, id, group, "", emit_text(word));
}

/* A text of the answer, with a name. */
static inline void emit_add_named(
    emit_fields *fields, uint32_t id, uint32_t group, const char *name, const json_text *text) {
  char *place = fields->decoded + fields->used;
  size_t room = sizeof fields->decoded - fields->used;
  sis_bytes bytes;
  bytes.ptr = text->ptr;
  bytes.len = text->len;
  if (text->escaped) {
    bytes.ptr = place;
    bytes.len = json_decode(text, place, room);
    if (bytes.len > room) {
      fields->is_full = 1;
      return;
    }
    fields->used += bytes.len;
  }
  emit_add_bytes(fields, id, group, name, bytes);
}

/* A text of the answer. */
static inline void emit_add(emit_fields *fields, uint32_t id, uint32_t group, const json_text *text) {
  emit_add_named(fields, id, group, "", text);
}

/* ---- What goes to the host ------------------------------------------------------------------------- */

/* Keeps a record of the source aside that cannot be mapped: it counts as present, and the run goes on.
 * `field` is the one at fault, or 0; the reason is a sentence for the SIS clerk, without personal data. */
static inline sis_status emit_reject(
    const sis_sink *sink, uint32_t kind, const json_text *id, uint32_t field, const char *reason) {
  sis_reject reject;
  memset(&reject, 0, sizeof reject);
  reject.size = sizeof reject;
  reject.kind = kind;
  reject.sourced_id.ptr = id->ptr;
  reject.sourced_id.len = id->len;
  reject.field = field;
  reject.reason = emit_text(reason);
  return sink->reject(sink, &reject);
}

static inline sis_status emit_record(const sis_sink *sink, uint32_t kind, const emit_fields *fields) {
  if (fields->is_full) {
    json_text id = {0, 0, 0};
    if (fields->count > 0 && fields->fields[0].id == SIS_F_SOURCED_ID) {
      id.ptr = (const char *)fields->fields[0].value.ptr;
      id.len = fields->fields[0].value.len;
    }
    return emit_reject(sink, kind, &id, 0, "a record has more or longer values than this provider can hold");
  }
  return sink->record(sink, kind, fields->fields, fields->count);
}

/* GET `target`, for JSON. `id` comes back with the answer; `resource` is a short constant word. */
static inline sis_status emit_get(
    const sis_sink *sink, uint64_t id, const char *target, const char *resource) {
  sis_request request;
  memset(&request, 0, sizeof request);
  request.size = sizeof request;
  request.id = id;
  request.method = emit_text("GET");
  request.target = emit_text(target);
  request.resource = emit_text(resource);
  request.expect = SIS_EXPECT_JSON;
  return sink->request(sink, &request);
}

/* Everything emitted so far is covered by `place`; `purpose` is SIS_CURSOR_RESUME or SIS_CURSOR_BOOKMARK. */
static inline sis_status emit_cursor(
    const sis_sink *sink, uint32_t purpose, uint32_t version, const char *place) {
  sis_cursor cursor;
  memset(&cursor, 0, sizeof cursor);
  cursor.size = sizeof cursor;
  cursor.purpose = purpose;
  cursor.version = version;
  cursor.bytes = emit_text(place);
  return sink->cursor(sink, &cursor);
}

/* A kind was read to its end: SIS_COMPLETE or SIS_PARTIAL. `expected` is the source's own total, or
 * SIS_COUNT_UNKNOWN. */
static inline sis_status emit_end(
    const sis_sink *sink, uint32_t kind, uint32_t completeness, uint64_t expected) {
  sis_end end;
  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  end.kind = kind;
  end.completeness = completeness;
  end.expected = expected;
  return sink->end(sink, &end);
}

/* Says why the call fails. Answers `code`, for the call to return. `request` is the one it is about, or 0. */
static inline sis_status emit_error(
    const sis_sink *sink, sis_status code, uint64_t request, const char *message) {
  sis_error error;
  memset(&error, 0, sizeof error);
  error.size = sizeof error;
  error.code = code;
  error.message = emit_text(message);
  error.request_id = request;
  error.retry_after_ms = -1;
  sink->error(sink, &error);
  return code;
}

#endif /* SIS_EMIT_H */
