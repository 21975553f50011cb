/* page_provider.c: scans a page of lines of comma-separated values and emits a user for each line, twelve
 * fields and no copy. It keeps no state between pages, so that one page can be fed again and again. */
#include "sis_plugin.h"

#include <stdlib.h>
#include <string.h>

SIS_PLUGIN_MANIFEST(
    "{\"manifest\":1,\"id\":\"page\",\"name\":\"Page\",\"version\":\"1.0.0\","
    "\"abi\":{\"major\":1,\"minor\":0},\"cursorVersion\":1,\"kinds\":[\"user\"],\"modes\":[\"full\"],"
    "\"rateLimit\":{\"perMinute\":60},\"maxInFlight\":1,\"auth\":[{\"scheme\":\"none\"}],"
    "\"allowedHosts\":[],\"config\":{\"type\":\"object\",\"properties\":{}}}");

static const uint32_t columns[] = {
    SIS_F_SOURCED_ID, SIS_F_USERNAME,    SIS_F_GIVEN_NAME,  SIS_F_MIDDLE_NAME, SIS_F_FAMILY_NAME, SIS_F_EMAIL,
    SIS_F_GRADE,      SIS_F_PRIMARY_ORG, SIS_F_ROLE,
    SIS_F_ADDRESS_STREET, SIS_F_ADDRESS_CITY, SIS_F_ADDRESS_POSTCODE};
#define COLUMNS (sizeof columns / sizeof columns[0])

static sis_status next(sis_session *self, const sis_turn *turn, const sis_sink *sink) {
  (void)self;
  (void)turn;
  (void)sink;
  return SIS_OK;
}

static sis_status feed(sis_session *self, const sis_response *response, const sis_sink *sink) {
  (void)self;
  const char *at = response->body.ptr, *end = at + response->body.len;
  while (at < end) {
    sis_field fields[COLUMNS];
    size_t column = 0;
    const char *start = at;
    for (; at < end && column < COLUMNS; at++) {
      if (*at != ',' && *at != '\n') continue;
      uint32_t group = columns[column] >= SIS_F_ROLE ? 1 : 0;
      sis_field field = {columns[column], group, {NULL, 0}, {start, (size_t)(at - start)}};
      fields[column++] = field;
      start = at + 1;
      if (*at == '\n') break;
    }
    at++;
    sis_status status = sink->record(sink, SIS_KIND_USER, fields, column);
    if (status < 0) return status;
  }
  return SIS_OK;
}

static void close_session(sis_session *self) { free(self); }

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  (void)provider;
  (void)args;
  (void)sink;
  sis_session *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->size = sizeof *self;
  self->next = next;
  self->feed = feed;
  self->close = close_session;
  return self;
}

static const void *extension(const sis_provider *provider, const char *id) {
  (void)provider;
  (void)id;
  return NULL;
}

static const sis_provider table = {
    sizeof table, 1, 0, NULL, "page", "1.0.0", {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, 1, 1,
    open_session, extension};

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  (void)host_minor;
  return host_major == 1 ? &table : NULL;
}
