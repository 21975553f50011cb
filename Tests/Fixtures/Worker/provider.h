/* provider.h: the frame of a provider for the worker's tests. A file defines `act`, which `feed` calls, and,
 * where HAS_HOOKS is defined, what `open` and `close` do besides. The config is one word, which says what is
 * to be done. */
#ifndef WORKER_PROVIDER_H
#define WORKER_PROVIDER_H

#define _GNU_SOURCE
#include "sis_plugin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef ID
#define ID "worker-fixture"
#endif
#ifndef TABLE_VERSION
#define TABLE_VERSION "1.0.0"
#endif

SIS_PLUGIN_MANIFEST(
    "{\"manifest\":1,\"id\":\"" ID "\",\"name\":\"Fixture\",\"version\":\"1.0.0\","
    "\"abi\":{\"major\":1,\"minor\":0},\"cursorVersion\":1,\"kinds\":[\"org\"],\"modes\":[\"full\"],"
    "\"rateLimit\":{\"perMinute\":60},\"maxInFlight\":1,\"auth\":[{\"scheme\":\"none\"}],"
    "\"allowedHosts\":[],\"config\":{\"type\":\"object\",\"properties\":{}}}");

typedef struct session {
  sis_session base;
  char word[64];
} session;

static sis_status act(session *self, const sis_response *response, const sis_sink *sink);
#ifdef HAS_HOOKS
static void opening(session *self);
static void closing(session *self);
#endif

static inline sis_bytes text(const char *string) {
  sis_bytes bytes;
  bytes.ptr = string;
  bytes.len = strlen(string);
  return bytes;
}

static inline void segfault(void) {
  static volatile int *volatile nowhere;
  *nowhere = 1;
}

static inline int is(const session *self, const char *word) { return strcmp(self->word, word) == 0; }

static inline void note(const sis_sink *sink, const char *words) {
  sink->note(sink, SIS_NOTE_INFO, text(words));
}

static inline sis_status org(const sis_sink *sink, const char *id, const char *name) {
  const sis_field fields[] = {
      {SIS_F_SOURCED_ID, 0, {NULL, 0}, text(id)},
      {SIS_F_NAME, 0, {NULL, 0}, text(name)},
      {SIS_F_ORG_TYPE, 0, {NULL, 0}, text("school")},
  };
  return sink->record(sink, SIS_KIND_ORG, fields, 3);
}

static sis_status next(sis_session *base, const sis_turn *turn, const sis_sink *sink) {
  (void)base;
  sis_request request;
  memset(&request, 0, sizeof request);
  request.size = sizeof request;
  request.id = 1;
  request.method = text("GET");
  request.target = text("/page");
  request.resource = text("page");
  return turn->grant ? sink->request(sink, &request) : SIS_OK;
}

static sis_status feed(sis_session *base, const sis_response *response, const sis_sink *sink) {
  return act((session *)base, response, sink);
}

static void close_session(sis_session *base) {
  session *self = (session *)base;
#ifdef HAS_HOOKS
  closing(self);
#endif
  free(self);
}

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  (void)provider;
  (void)sink;
  session *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->base.size = sizeof self->base;
  self->base.next = next;
  self->base.feed = feed;
  self->base.close = close_session;
  if (args->config.len < sizeof self->word) memcpy(self->word, args->config.ptr, args->config.len);
#ifdef HAS_HOOKS
  opening(self);
#endif
  return &self->base;
}

static const void *extension(const sis_provider *provider, const char *id) {
  (void)provider;
  (void)id;
  return NULL;
}

static const sis_provider table = {
    sizeof table, 1, 0, NULL, ID, TABLE_VERSION, {sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}, 1, 1,
    open_session, extension};

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  (void)host_minor;
  return host_major == 1 ? &table : NULL;
}

#endif
