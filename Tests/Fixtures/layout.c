/* Prints the size of every struct of the ABI, and the offset of every field, as this compiler lays them out.
 * Compiles as C and as C++. */
#include "sis_plugin.h"

#include <stdio.h>

#define STRUCT(type) printf(#type " %lu\n", (unsigned long)sizeof(type))
#define FIELD(type, field) \
  printf( \
      #type "." #field " %lu %lu\n", (unsigned long)offsetof(type, field), \
      (unsigned long)sizeof(((type *)0)->field))

static void handed_over_by_both(void) {
  STRUCT(sis_bytes);
  FIELD(sis_bytes, ptr), FIELD(sis_bytes, len);
  STRUCT(sis_header);
  FIELD(sis_header, name), FIELD(sis_header, value);
  STRUCT(sis_field);
  FIELD(sis_field, id), FIELD(sis_field, group), FIELD(sis_field, name), FIELD(sis_field, value);
}

static void made_by_providers(void) {
  STRUCT(sis_request);
  FIELD(sis_request, size), FIELD(sis_request, flags), FIELD(sis_request, id), FIELD(sis_request, method);
  FIELD(sis_request, target), FIELD(sis_request, resource), FIELD(sis_request, headers);
  FIELD(sis_request, header_count), FIELD(sis_request, body), FIELD(sis_request, expect);
  FIELD(sis_request, reserved);
  STRUCT(sis_cursor);
  FIELD(sis_cursor, size), FIELD(sis_cursor, purpose), FIELD(sis_cursor, version);
  FIELD(sis_cursor, reserved), FIELD(sis_cursor, bytes);
  STRUCT(sis_end);
  FIELD(sis_end, size), FIELD(sis_end, kind), FIELD(sis_end, completeness), FIELD(sis_end, reserved);
  FIELD(sis_end, scope), FIELD(sis_end, scope_count), FIELD(sis_end, expected);
  STRUCT(sis_reject);
  FIELD(sis_reject, size), FIELD(sis_reject, kind), FIELD(sis_reject, sourced_id), FIELD(sis_reject, field);
  FIELD(sis_reject, reserved), FIELD(sis_reject, reason);
  STRUCT(sis_error);
  FIELD(sis_error, size), FIELD(sis_error, code), FIELD(sis_error, message), FIELD(sis_error, pointer);
  FIELD(sis_error, request_id), FIELD(sis_error, retry_after_ms);
  STRUCT(sis_session);
  FIELD(sis_session, size), FIELD(sis_session, reserved), FIELD(sis_session, ctx), FIELD(sis_session, next);
  FIELD(sis_session, feed), FIELD(sis_session, close);
  STRUCT(sis_provider);
  FIELD(sis_provider, size), FIELD(sis_provider, abi_major), FIELD(sis_provider, abi_minor);
  FIELD(sis_provider, ctx), FIELD(sis_provider, id), FIELD(sis_provider, version);
  FIELD(sis_provider, manifest);
  FIELD(sis_provider, cursor_version), FIELD(sis_provider, cursor_oldest), FIELD(sis_provider, open);
  FIELD(sis_provider, extension);
}

static void made_by_hosts(void) {
  STRUCT(sis_sink);
  FIELD(sis_sink, size), FIELD(sis_sink, reserved), FIELD(sis_sink, ctx), FIELD(sis_sink, request);
  FIELD(sis_sink, record), FIELD(sis_sink, reject), FIELD(sis_sink, cursor), FIELD(sis_sink, end);
  FIELD(sis_sink, note), FIELD(sis_sink, error);
  STRUCT(sis_turn);
  FIELD(sis_turn, size), FIELD(sis_turn, grant), FIELD(sis_turn, now_ms);
  STRUCT(sis_response);
  FIELD(sis_response, size), FIELD(sis_response, http_status), FIELD(sis_response, id);
  FIELD(sis_response, now_ms), FIELD(sis_response, headers), FIELD(sis_response, header_count);
  FIELD(sis_response, body), FIELD(sis_response, grant), FIELD(sis_response, reserved);
  STRUCT(sis_open);
  FIELD(sis_open, size), FIELD(sis_open, mode), FIELD(sis_open, config), FIELD(sis_open, cursor);
  FIELD(sis_open, bookmark), FIELD(sis_open, cursor_version), FIELD(sis_open, bookmark_version);
  FIELD(sis_open, max_in_flight), FIELD(sis_open, page_size), FIELD(sis_open, now_ms), FIELD(sis_open, seed);
}

int main(void) {
  handed_over_by_both();
  made_by_providers();
  made_by_hosts();
  return 0;
}
