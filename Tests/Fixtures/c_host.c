/* A host in plain C: loads a provider, drives one session through the bare ABI, and prints all that it got.
 *
 *     c_host PROVIDER.so FOLDER [PAGES]
 *
 * The answer to the request for /NAME is the file FOLDER/NAME, or status 404 where there is none. It stops
 * after PAGES answers, 1000 if not given. */
#include "sis_plugin.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GRANT 2
static uint64_t waiting[GRANT];
static char targets[GRANT][256];
static size_t waiting_count;

static void print(const char *before, sis_bytes bytes) {
  printf("%s\"%.*s\"", before, (int)bytes.len, bytes.len ? (const char *)bytes.ptr : "");
}

static sis_status on_request(const sis_sink *sink, const sis_request *request) {
  (void)sink;
  if (waiting_count == GRANT || request->target.len >= sizeof targets[0]) return SIS_E_REFUSED;
  waiting[waiting_count] = request->id;
  memcpy(targets[waiting_count], request->target.ptr, request->target.len);
  targets[waiting_count++][request->target.len] = 0;
  printf("request %llu", (unsigned long long)request->id);
  print(" ", request->method);
  print(" ", request->target);
  printf(" expect %u\n", (unsigned)request->expect);
  return SIS_OK;
}

static sis_status on_record(const sis_sink *sink, uint32_t kind, const sis_field *fields, size_t count) {
  (void)sink;
  printf("record %u", (unsigned)kind);
  for (size_t i = 0; i < count; i++) {
    printf(" %u", (unsigned)fields[i].id);
    if (fields[i].group) printf("/%u", (unsigned)fields[i].group);
    print("=", fields[i].value);
  }
  putchar('\n');
  return SIS_OK;
}

static sis_status on_reject(const sis_sink *sink, const sis_reject *reject) {
  (void)sink;
  printf("reject %u", (unsigned)reject->kind);
  print(" ", reject->sourced_id);
  print(" ", reject->reason);
  putchar('\n');
  return SIS_OK;
}

static sis_status on_cursor(const sis_sink *sink, const sis_cursor *cursor) {
  (void)sink;
  printf("cursor %u version %u:", (unsigned)cursor->purpose, (unsigned)cursor->version);
  for (size_t i = 0; i < cursor->bytes.len; i++) {
    printf(" %02x", ((const unsigned char *)cursor->bytes.ptr)[i]);
  }
  putchar('\n');
  return SIS_OK;
}

static sis_status on_end(const sis_sink *sink, const sis_end *end) {
  (void)sink;
  printf("end %u completeness %u expected %llu\n", (unsigned)end->kind, (unsigned)end->completeness,
         (unsigned long long)end->expected);
  return SIS_OK;
}

static void on_note(const sis_sink *sink, uint32_t level, sis_bytes text) {
  (void)sink;
  printf("note %u", (unsigned)level);
  print(" ", text);
  putchar('\n');
}

static void on_error(const sis_sink *sink, const sis_error *error) {
  (void)sink;
  printf("error %d", (int)error->code);
  print(" ", error->message);
  putchar('\n');
}

/* Answers the request that waits longest. */
static sis_status answer(sis_session *session, const sis_sink *sink, const char *folder) {
  static char body[1 << 20];
  char path[1024];
  FILE *file;
  sis_response response;
  snprintf(path, sizeof path, "%s%s", folder, targets[0]);
  file = fopen(path, "rb");
  memset(&response, 0, sizeof response);
  response.size = sizeof response;
  response.http_status = file ? 200 : 404;
  response.id = waiting[0];
  response.body.ptr = body;
  response.body.len = file ? fread(body, 1, sizeof body, file) : 0;
  if (file) fclose(file);
  waiting_count--;
  memmove(waiting, waiting + 1, sizeof waiting - sizeof waiting[0]);
  memmove(targets, targets + 1, sizeof targets - sizeof targets[0]);
  response.grant = (uint32_t)(GRANT - waiting_count);
  return session->feed(session, &response, sink);
}

int main(int count, char **words) {
  union {
    void *object;
    const sis_provider *(*call)(uint32_t, uint32_t);
  } entry;
  sis_sink sink = {sizeof sink, 0,         NULL,   on_request, on_record,
                   on_reject,   on_cursor, on_end, on_note,    on_error};
  sis_turn turn = {sizeof turn, 0, 0};
  sis_open args;
  void *library = count > 2 ? dlopen(words[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  const sis_provider *provider;
  sis_session *session;
  sis_status status = SIS_OK;
  long pages = count > 3 ? atol(words[3]) : 1000;
  entry.object = library ? dlsym(library, SIS_ENTRY_SYMBOL_V1) : NULL;
  provider = entry.object ? entry.call(SIS_ABI_MAJOR, SIS_ABI_MINOR) : NULL;
  if (!provider) {
    fprintf(stderr, "c_host: no provider: %s\n", library || count < 3 ? "no table" : dlerror());
    return 2;
  }
  setvbuf(stdout, NULL, _IOLBF, 0); /* what was got before a crash is told */
  printf("provider %s %s, abi %u.%u\n", provider->id, provider->version, (unsigned)provider->abi_major,
         (unsigned)provider->abi_minor);
  memset(&args, 0, sizeof args);
  args.size = sizeof args;
  args.config.ptr = "{}";
  args.config.len = 2;
  args.max_in_flight = GRANT;
  session = provider->open(provider, &args, &sink);
  while (session && status == SIS_OK) {
    turn.grant = (uint32_t)(GRANT - waiting_count);
    if (turn.grant > 0) status = session->next(session, &turn, &sink);
    if (status == SIS_OK && (waiting_count == 0 || pages-- == 0)) break;
    if (status == SIS_OK) status = answer(session, &sink, words[2]);
  }
  printf("status %d\n", session ? (int)status : -1);
  if (session) session->close(session);
  puts("closed");
  return status < 0;
}
