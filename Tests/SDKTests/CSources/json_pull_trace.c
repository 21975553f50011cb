/* Reads documents from standard input, each behind its length in four bytes, and answers on standard output
 * what json_pull.h made of each, one line a document. A document lies between two pages that may not be
 * touched, once against either: whoever reads a byte too many dies. */
#define _GNU_SOURCE
#include "json_pull.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

/* A whole number of pages on every machine. */
#define PAGE 65536u
#define ROOM PAGE

static char trace[8 * ROOM];
static size_t length;

static void put(const char *bytes, size_t count) {
  if (length + count > sizeof trace) abort();
  memcpy(trace + length, bytes, count);
  length += count;
}

static void put_hex(char mark, const json_text *text) {
  static const char digits[] = "0123456789abcdef";
  static char value[ROOM];
  size_t count = json_decode(text, value, sizeof value), place;
  char pair[2];
  if (count > text->len) abort();
  put(&mark, 1);
  for (place = 0; place < count; place++) {
    pair[0] = digits[(unsigned char)value[place] >> 4];
    pair[1] = digits[value[place] & 15];
    put(pair, 2);
  }
  put(" ", 1);
}

static void read_value(json_pull *json) {
  json_text text;
  int64_t number;
  int flag;
  switch (json_peek(json)) {
    case JSON_OBJECT:
      put("{ ", 2);
      json_object(json);
      while (json_key(json, &text)) {
        put_hex('k', &text);
        read_value(json);
      }
      put("} ", 2);
      break;
    case JSON_ARRAY:
      put("[ ", 2);
      json_array(json);
      while (json_element(json)) read_value(json);
      put("] ", 2);
      break;
    case JSON_STRING:
      if (json_string(json, &text)) put_hex('s', &text);
      break;
    case JSON_NUMBER:
      if (!json_number(json, &text)) break;
      put("n", 1);
      put(text.ptr, text.len);
      put(" ", 1);
      if (json_integer(&text, &number)) {
        char digits[32];
        put(digits, (size_t)snprintf(digits, sizeof digits, "i%lld ", (long long)number));
      }
      break;
    case JSON_BOOLEAN:
      if (json_boolean(json, &text, &flag)) put(flag ? "t " : "f ", 2);
      break;
    case JSON_NULL:
      if (json_null(json)) put("z ", 2);
      break;
    default: json_skip(json);
  }
}

/* The functions in an order that makes no sense: it may not read elsewhere, nor go on for ever. */
static void misuse(const unsigned char *bytes, size_t count) {
  json_pull json;
  json_text text = {0, 0, 0};
  int flag;
  size_t place;
  json_begin(&json, bytes, count);
  for (place = 0; place < count; place++) {
    switch (bytes[place] % 11) {
      case 0: json_object(&json); break;
      case 1: json_key(&json, &text); break;
      case 2: json_array(&json); break;
      case 3: json_element(&json); break;
      case 4: json_string(&json, &text); break;
      case 5: json_number(&json, &text); break;
      case 6: json_boolean(&json, &text, &flag); break;
      case 7: json_null(&json); break;
      case 8: json_scalar(&json, &text); break;
      case 9: json_skip(&json); break;
      default: json_finish(&json);
    }
    if (json.at < json.start || json.at > json.end || json.depth > JSON_DEPTH) abort();
    if (!json.problem) json_trim(&text);
  }
}

/* Writes the trace of one reading; "!" and nothing else for a refusal. */
static void read_document(const unsigned char *bytes, size_t count) {
  json_pull json;
  int is_sound;
  length = 0;
  json_begin(&json, bytes, count);
  read_value(&json);
  is_sound = json_finish(&json);
  if (is_sound != !json.problem || json_offset(&json) > count) abort();
  json_begin(&json, bytes, count);
  json_skip(&json);
  if (json_finish(&json) != is_sound) abort();
  if (!is_sound) {
    length = 0;
    put("!", 1);
  }
  misuse(bytes, count);
}

int main(void) {
  static char first[sizeof trace];
  unsigned char size[4];
  unsigned char *map = mmap(NULL, ROOM + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED || mprotect(map + PAGE, ROOM, PROT_READ | PROT_WRITE) != 0) return 2;
  while (fread(size, 1, 4, stdin) == 4) {
    size_t count = size[0] | (size_t)size[1] << 8 | (size_t)size[2] << 16, kept;
    unsigned char *at = map + PAGE;
    if (count > ROOM || fread(at, 1, count, stdin) != count) return 2;
    read_document(at, count);
    kept = length;
    memcpy(first, trace, kept);
    memmove(at + ROOM - count, at, count);
    read_document(at + ROOM - count, count);
    if (kept != length || memcmp(first, trace, kept) != 0) return 3;
    put("\n", 1);
    if (fwrite(trace, 1, length, stdout) != length) return 2;
  }
  return 0;
}
