/* json_pull.h - reads a JSON document piece by piece: no tree, no allocation, no copies. One file; copy it.
 *
 * SPDX-License-Identifier: Apache-2.0
 *
 *     json_pull json;
 *     json_text key, name = {0};
 *     json_begin(&json, body.ptr, body.len);
 *     json_object(&json);
 *     while (json_key(&json, &key)) {
 *       if (json_is(&key, "name")) json_scalar(&json, &name);
 *       else json_skip(&json);
 *     }
 *     json_finish(&json);
 *     if (json.problem) ... says json.problem, at json_offset(&json)
 *
 * It is strict: what RFC 8259 forbids is a problem, also inside of values that are skipped. It is bounded:
 * values nested more deeply than JSON_DEPTH are a problem, and nothing is read outside of the document,
 * whatever stands in it. A byte order mark at the start is passed over, as some servers send one.
 *
 * The first problem stays: from then on every function answers 0 and does nothing. So a loop ends by itself,
 * and one look at `problem` after json_finish is enough. After json_key and json_element have answered 1,
 * read or skip exactly one value.
 *
 * C99 and later, C++; any compiler. */
#ifndef JSON_PULL_H
#define JSON_PULL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* At most 63: a bit of `filled` each. */
#define JSON_DEPTH 63u

typedef struct json_pull {
  const unsigned char *start;
  const unsigned char *at; /* the next byte */
  const unsigned char *end;
  unsigned depth;      /* objects and arrays that are open */
  uint64_t filled;     /* bit n: the one at depth n has had an element */
  const char *problem; /* NULL while all is well */
} json_pull;

/* A string or number where it stands in the document, which must live as long. {0} is none. */
typedef struct json_text {
  const char *ptr; /* the first byte, behind the quote of a string */
  size_t len;      /* as written; escapes are not decoded */
  int escaped;     /* does it hold escapes? Then json_decode makes the value of it */
} json_text;

typedef enum json_kind {
  JSON_NONE, /* the end of the document, or a byte that begins no value */
  JSON_OBJECT,
  JSON_ARRAY,
  JSON_STRING,
  JSON_NUMBER,
  JSON_BOOLEAN,
  JSON_NULL
} json_kind;

static inline void json_begin(json_pull *json, const void *bytes, size_t len) {
  static const unsigned char nothing = 0;
  json->start = len > 0 && bytes ? (const unsigned char *)bytes : &nothing;
  json->at = json->start;
  json->end = json->start + (bytes ? len : 0);
  json->depth = 0;
  json->filled = 0;
  json->problem = NULL;
  if (len >= 3 && bytes && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) json->at += 3;
}

/* Where the reader stands, in bytes from the start. */
static inline size_t json_offset(const json_pull *json) { return (size_t)(json->at - json->start); }

/* Notes the first problem. Answers 0. Use it for problems of your own: "an id is missing". */
static inline int json_fail(json_pull *json, const char *problem) {
  if (!json->problem) json->problem = problem;
  return 0;
}

static inline int json_is_space(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static inline void json_space(json_pull *json) {
  while (json->at < json->end && json_is_space((char)*json->at)) json->at++;
}

/* What stands next? It is not read. */
static inline json_kind json_peek(json_pull *json) {
  if (json->problem) return JSON_NONE;
  json_space(json);
  if (json->at == json->end) return JSON_NONE;
  switch (*json->at) {
    case '{': return JSON_OBJECT;
    case '[': return JSON_ARRAY;
    case '"': return JSON_STRING;
    case 't': case 'f': return JSON_BOOLEAN;
    case 'n': return JSON_NULL;
    case '-': case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9': return JSON_NUMBER;
    default: return JSON_NONE;
  }
}

/* Is `due` what stands next? If not, that is a problem. */
static inline int json_expect(json_pull *json, json_kind due) {
  json_kind found = json_peek(json);
  if (json->problem) return 0;
  if (json->at == json->end) return json_fail(json, "the document ends too early");
  if (found == JSON_NONE) return json_fail(json, "a byte that may not stand here");
  if (found != due) return json_fail(json, "a value of another kind was expected");
  return 1;
}

/* ---- Objects and arrays ---------------------------------------------------------------------------- */

static inline int json_enter(json_pull *json, json_kind due) {
  if (!json_expect(json, due)) return 0;
  if (json->depth == JSON_DEPTH) return json_fail(json, "values are nested too deeply");
  json->depth++;
  json->filled &= ~((uint64_t)1 << json->depth);
  json->at++;
  return 1;
}

/* Enters an object; then call json_key until it answers 0. */
static inline int json_object(json_pull *json) { return json_enter(json, JSON_OBJECT); }

/* Enters an array; then call json_element until it answers 0. */
static inline int json_array(json_pull *json) { return json_enter(json, JSON_ARRAY); }

/* Steps over the comma before the next element, or over `close`, which leaves the object or array. */
static inline int json_step(json_pull *json, unsigned char close) {
  uint64_t bit = (uint64_t)1 << json->depth;
  if (json->problem) return 0;
  if (json->depth == 0) return json_fail(json, "nothing was entered");
  json_space(json);
  if (json->at == json->end) return json_fail(json, "the document ends too early");
  if (*json->at == close) {
    json->at++;
    json->depth--;
    return 0;
  }
  if (json->filled & bit) {
    if (*json->at != ',') return json_fail(json, "a byte that may not stand here");
    json->at++;
    json_space(json);
    if (json->at < json->end && *json->at == close) return json_fail(json, "a byte that may not stand here");
  }
  json->filled |= bit;
  return 1;
}

/* 1: there is a further element in the array that was entered last; read or skip it. 0: it is left. */
static inline int json_element(json_pull *json) { return json_step(json, ']'); }

static inline int json_string(json_pull *json, json_text *text);

/* 1: there is a further member in the object that was entered last; read or skip its value. 0: it is left. */
static inline int json_key(json_pull *json, json_text *key) {
  if (!json_step(json, '}')) return 0;
  if (json_peek(json) != JSON_STRING && json->at < json->end)
    return json_fail(json, "a byte that may not stand here");
  if (!json_string(json, key)) return 0;
  json_space(json);
  if (json->at == json->end) return json_fail(json, "the document ends too early");
  if (*json->at != ':') return json_fail(json, "a byte that may not stand here");
  json->at++;
  return 1;
}

/* ---- Strings --------------------------------------------------------------------------------------- */

/* The value of four hex digits at `at`, or -1. */
static inline long json_hex(const unsigned char *at, const unsigned char *end) {
  long unit = 0;
  int place;
  if (end - at < 4) return -1;
  for (place = 0; place < 4; place++) {
    unsigned char digit = at[place];
    if (digit >= '0' && digit <= '9') unit = unit * 16 + (digit - '0');
    else if (digit >= 'a' && digit <= 'f') unit = unit * 16 + (digit - 'a' + 10);
    else if (digit >= 'A' && digit <= 'F') unit = unit * 16 + (digit - 'A' + 10);
    else return -1;
  }
  return unit;
}

/* How many bytes the escape at `at` takes, a pair of surrogates being one; 0 if it is none. */
static inline size_t json_escape(const unsigned char *at, const unsigned char *end) {
  long unit, low;
  if (end - at < 2) return 0;
  if (at[1] != 'u') return strchr("\"\\/bfnrt", at[1]) && at[1] ? 2 : 0;
  unit = json_hex(at + 2, end);
  if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return 0;
  if (unit < 0xD800 || unit > 0xDFFF) return 6;
  if (end - at < 12 || at[6] != '\\' || at[7] != 'u') return 0;
  low = json_hex(at + 8, end);
  return low >= 0xDC00 && low <= 0xDFFF ? 12 : 0;
}

/* How many bytes the UTF-8 scalar at `at` takes (RFC 3629, section 4); 0 if it is none. */
static inline size_t json_utf8(const unsigned char *at, const unsigned char *end) {
  unsigned char lead = at[0], low = 0x80, high = 0xBF;
  size_t len, place;
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  len = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if ((size_t)(end - at) < len) return 0;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (at[1] < low || at[1] > high) return 0;
  for (place = 2; place < len; place++)
    if ((at[place] & 0xC0) != 0x80) return 0;
  return len;
}

/* Reads a string, and proves it: UTF-8, escapes, no control character. */
static inline int json_string(json_pull *json, json_text *text) {
  if (!json_expect(json, JSON_STRING)) return 0;
  json->at++;
  text->ptr = (const char *)json->at;
  text->escaped = 0;
  while (json->at < json->end && *json->at != '"') {
    size_t len;
    if (*json->at < 0x20) return json_fail(json, "a control character in a string");
    if (*json->at == '\\') {
      len = json_escape(json->at, json->end);
      if (len == 0) return json_fail(json, "a string with a bad escape");
      text->escaped = 1;
    } else {
      len = json_utf8(json->at, json->end);
      if (len == 0) return json_fail(json, "bytes that are not UTF-8");
    }
    json->at += len;
  }
  if (json->at == json->end) return json_fail(json, "the document ends too early");
  text->len = (size_t)(json->at - (const unsigned char *)text->ptr);
  json->at++;
  return 1;
}

/* Writes a scalar value as UTF-8. Answers the number of bytes, at most 4. */
static inline size_t json_put(unsigned long scalar, char *out) {
  if (scalar < 0x80) {
    out[0] = (char)scalar;
    return 1;
  }
  if (scalar < 0x800) {
    out[0] = (char)(0xC0 | scalar >> 6);
    out[1] = (char)(0x80 | (scalar & 0x3F));
    return 2;
  }
  if (scalar < 0x10000) {
    out[0] = (char)(0xE0 | scalar >> 12);
    out[1] = (char)(0x80 | (scalar >> 6 & 0x3F));
    out[2] = (char)(0x80 | (scalar & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | scalar >> 18);
  out[1] = (char)(0x80 | (scalar >> 12 & 0x3F));
  out[2] = (char)(0x80 | (scalar >> 6 & 0x3F));
  out[3] = (char)(0x80 | (scalar & 0x3F));
  return 4;
}

/* Writes the value of a text, its escapes decoded, to `out`. Answers its length, which is never above
 * text->len; if that is above `room`, nothing is written. */
static inline size_t json_decode(const json_text *text, char *out, size_t room) {
  const unsigned char *at = (const unsigned char *)text->ptr, *end;
  size_t len = 0;
  if (text->len == 0 || text->len > room) return text->len;
  if (!text->escaped) {
    memcpy(out, at, text->len);
    return text->len;
  }
  for (end = at + text->len; at < end;) {
    size_t taken = *at == '\\' ? json_escape(at, end) : 1;
    if (taken == 0) return len; /* not a text that json_string has proven */
    if (taken == 1) {
      out[len++] = (char)*at;
    } else if (taken == 2) {
      static const char letters[] = "bfnrt", values[] = "\b\f\n\r\t";
      const char *letter = strchr(letters, at[1]);
      out[len++] = letter ? values[letter - letters] : (char)at[1];
    } else {
      unsigned long scalar = (unsigned long)json_hex(at + 2, end);
      if (taken == 12) {
        unsigned long low = (unsigned long)json_hex(at + 8, end);
        scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (low & 0x3FF);
      }
      len += json_put(scalar, out + len);
    }
    at += taken;
  }
  return len;
}

/* Is the text, as it is written, this word? For keys and words of an API, which nobody escapes. */
static inline int json_is(const json_text *text, const char *word) {
  size_t len = strlen(word);
  return text->len == len && (len == 0 || memcmp(text->ptr, word, len) == 0);
}

/* Without white space at both ends (written, not escaped). */
static inline void json_trim(json_text *text) {
  while (text->len > 0 && json_is_space(text->ptr[0])) {
    text->ptr++;
    text->len--;
  }
  while (text->len > 0 && json_is_space(text->ptr[text->len - 1])) text->len--;
}

/* ---- Numbers, words, and values that do not matter ------------------------------------------------- */

static inline int json_digits(json_pull *json) {
  const unsigned char *first = json->at;
  while (json->at < json->end && *json->at >= '0' && *json->at <= '9') json->at++;
  return json->at > first;
}

/* Reads a number, as its text. */
static inline int json_number(json_pull *json, json_text *text) {
  static const char bad[] = "a number that is none of JSON's";
  if (!json_expect(json, JSON_NUMBER)) return 0;
  text->ptr = (const char *)json->at;
  text->escaped = 0;
  if (*json->at == '-') json->at++;
  if (json->at < json->end && *json->at == '0') json->at++;
  else if (!json_digits(json)) return json_fail(json, bad);
  if (json->at < json->end && *json->at == '.') {
    json->at++;
    if (!json_digits(json)) return json_fail(json, bad);
  }
  if (json->at < json->end && (*json->at == 'e' || *json->at == 'E')) {
    json->at++;
    if (json->at < json->end && (*json->at == '+' || *json->at == '-')) json->at++;
    if (!json_digits(json)) return json_fail(json, bad);
  }
  /* "01": a digit behind a leading zero ends no number. */
  if (json->at < json->end && *json->at >= '0' && *json->at <= '9') return json_fail(json, bad);
  text->len = (size_t)(json->at - (const unsigned char *)text->ptr);
  return 1;
}

/* The whole number that a text writes in digits, with or without a minus sign. Answers 0, and leaves `value`,
 * for anything else and for what does not fit. */
static inline int json_integer(const json_text *text, int64_t *value) {
  size_t place = text->len > 0 && text->ptr[0] == '-' ? 1 : 0;
  int64_t number = 0;
  if (place == text->len) return 0;
  for (; place < text->len; place++) {
    int digit = text->ptr[place] - '0';
    if (digit < 0 || digit > 9 || number < (INT64_MIN + digit) / 10) return 0;
    number = number * 10 - digit; /* downwards, so that the least number can be said */
  }
  if (text->ptr[0] != '-' && number == INT64_MIN) return 0;
  *value = text->ptr[0] == '-' ? number : -number;
  return 1;
}

static inline int json_word(json_pull *json, const char *word) {
  size_t len = strlen(word);
  if ((size_t)(json->end - json->at) < len || memcmp(json->at, word, len) != 0)
    return json_fail(json, "a word that is none of JSON's");
  json->at += len;
  return 1;
}

/* Reads true or false, as its text and as 1 or 0. */
static inline int json_boolean(json_pull *json, json_text *text, int *value) {
  if (!json_expect(json, JSON_BOOLEAN)) return 0;
  text->ptr = (const char *)json->at;
  text->escaped = 0;
  *value = *json->at == 't';
  text->len = *value ? 4 : 5;
  return json_word(json, *value ? "true" : "false");
}

static inline int json_null(json_pull *json) {
  return json_expect(json, JSON_NULL) && json_word(json, "null");
}

/* Reads a string, number or boolean as its text, trimmed; null leaves an empty text. Sources are not of one
 * mind whether an id is a number or a string. */
static inline int json_scalar(json_pull *json, json_text *text) {
  int value;
  text->ptr = NULL;
  text->len = 0;
  text->escaped = 0;
  switch (json_peek(json)) {
    case JSON_NUMBER: return json_number(json, text);
    case JSON_BOOLEAN: return json_boolean(json, text, &value);
    case JSON_NULL: return json_null(json);
    default: break;
  }
  if (!json_string(json, text)) return 0;
  json_trim(text);
  return 1;
}

/* Steps over one value of any kind, and proves it. */
static inline int json_skip(json_pull *json) {
  json_text text;
  switch (json_peek(json)) {
    case JSON_OBJECT:
      if (!json_object(json)) return 0;
      while (json_key(json, &text)) json_skip(json);
      break;
    case JSON_ARRAY:
      if (!json_array(json)) return 0;
      while (json_element(json)) json_skip(json);
      break;
    case JSON_STRING: return json_string(json, &text);
    case JSON_NONE: return json_expect(json, JSON_OBJECT);
    default: return json_scalar(json, &text);
  }
  return !json->problem;
}

/* The document is over: nothing but white space may follow. 1 if all was well. */
static inline int json_finish(json_pull *json) {
  if (json->problem) return 0;
  json_space(json);
  if (json->at < json->end) return json_fail(json, "something stands behind the document");
  return 1;
}

#endif /* JSON_PULL_H */
