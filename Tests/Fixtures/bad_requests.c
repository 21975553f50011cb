/* Asks for a request with one fault: the body of an answer says which. A body `header:NAME` is a header of
 * that name. */
#include "fixture.h"

static char much[70000];

static void spoil(sis_request *request, sis_header *header, sis_bytes fault) {
  memset(much, 'x', sizeof much);
  request->headers = header;
  if (is_word(fault, "no method")) request->method = bytes_of(NULL, 0);
  if (is_word(fault, "lower-case method")) request->method = text("get");
  if (is_word(fault, "long method")) request->method = bytes_of(much, 17);
  if (is_word(fault, "no target")) request->target = bytes_of(NULL, 0);
  if (is_word(fault, "target with a space")) request->target = text("/a b");
  if (is_word(fault, "target with a line feed")) request->target = text("/a\r\nX-Injected: 1");
  if (is_word(fault, "target not UTF-8")) request->target = text("/\xFF");
  if (is_word(fault, "long target")) request->target = bytes_of(much, 16385);
  if (is_word(fault, "long resource")) request->resource = bytes_of(much, 65);
  if (is_word(fault, "huge body")) request->body = bytes_of(much, ((size_t)16 << 20) + 1);
  if (is_word(fault, "body without an address")) request->body = bytes_of(NULL, 5);
  if (is_word(fault, "unknown expectation")) request->expect = 77;
  if (is_word(fault, "many headers")) request->header_count = 33;
  if (is_word(fault, "headers without an address")) {
    request->headers = NULL;
    request->header_count = 2;
  }
  if (is_word(fault, "header name with a space")) header->name = text("x y");
  if (is_word(fault, "header name empty")) header->name = bytes_of(NULL, 0);
  if (is_word(fault, "header value with a line feed")) header->value = text("1\r\ncookie: a=b");
  if (is_word(fault, "long header value")) header->value = bytes_of(much, 8193);
  if (fault.len > 7 && memcmp(fault.ptr, "header:", 7) == 0) {
    header->name = bytes_of((const char *)fault.ptr + 7, fault.len - 7);
  }
}

static sis_status feed(sis_session *session, const sis_response *response, const sis_sink *sink) {
  fixture *self = session->ctx;
  sis_request request = request_for(self->page + 1, "/page/2");
  sis_header headers[1];
  headers[0].name = text("accept");
  headers[0].value = text("text/plain");
  request.header_count = 1;
  spoil(&request, headers, response->body);
  if (is_word(response->body, "request and done")) {
    sink->request(sink, &request);
    return SIS_DONE;
  }
  return sink->request(sink, &request) < 0 ? SIS_E_REFUSED : SIS_OK;
}

FIXTURE("bad-requests", next_page, feed)
