#include "csv_reader.h"

#include <stdlib.h>
#include <string.h>

void csv_begin(csv_reader *reader, sis_bytes bytes) {
  static const char mark[] = "\xEF\xBB\xBF";
  memset(reader, 0, sizeof *reader);
  reader->at = bytes.len > 0 ? bytes.ptr : mark;
  reader->end = reader->at + bytes.len;
  if (bytes.len >= 3 && memcmp(bytes.ptr, mark, 3) == 0) reader->at += 3;
  reader->line = reader->next_line = 1;
}

void csv_finish(csv_reader *reader) {
  free(reader->scratch);
  reader->scratch = NULL;
}

static int is_blank(char c) { return c == ' ' || c == '\t'; }

static sis_bytes trimmed(const char *begin, const char *end) {
  sis_bytes view;
  while (begin < end && is_blank(*begin)) begin++;
  while (begin < end && is_blank(end[-1])) end--;
  view.ptr = begin;
  view.len = (size_t)(end - begin);
  return view;
}

/* Copies a quoted cell with its doubled quotes made single. A row's cells together are shorter than the file,
 * so a scratch of the file's length always suffices. */
static csv_status unquote(csv_reader *reader, const char *begin, const char *end, sis_bytes *cell) {
  char *to;
  if (!reader->scratch) {
    reader->scratch_size = (size_t)(reader->end - begin) + (size_t)(end - begin);
    reader->scratch = malloc(reader->scratch_size);
    if (!reader->scratch) return CSV_NO_MEMORY;
  }
  if ((size_t)(end - begin) > reader->scratch_size - reader->scratch_used) return CSV_NO_MEMORY;
  to = reader->scratch + reader->scratch_used;
  cell->ptr = to;
  while (begin < end) {
    *to++ = *begin;
    begin += *begin == '"' ? 2 : 1;
  }
  reader->scratch_used = (size_t)(to - reader->scratch);
  *cell = trimmed(cell->ptr, to);
  return CSV_ROW;
}

/* Reads a quoted cell; `at` stands behind its opening quote, and afterwards behind its closing one. */
static csv_status quoted_cell(csv_reader *reader, sis_bytes *cell) {
  const char *begin = reader->at;
  int doubled = 0;
  for (;;) {
    const char *quote = memchr(reader->at, '"', (size_t)(reader->end - reader->at));
    const char *c;
    if (!quote) return CSV_UNCLOSED_QUOTE;
    for (c = reader->at; c < quote; c++) reader->next_line += *c == '\n';
    reader->at = quote + 1;
    if (reader->at == reader->end || *reader->at != '"') {
      if (doubled) return unquote(reader, begin, quote, cell);
      *cell = trimmed(begin, quote);
      return CSV_ROW;
    }
    doubled = 1;
    reader->at++;
  }
}

static int at_row_end(const csv_reader *reader) {
  return reader->at == reader->end || *reader->at == '\n'
         || (*reader->at == '\r' && reader->at + 1 < reader->end && reader->at[1] == '\n');
}

static void skip_line(csv_reader *reader) {
  const char *feed = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
  reader->at = feed ? feed + 1 : reader->end;
  reader->next_line++;
}

static csv_status read_row(csv_reader *reader, sis_bytes cells[CSV_MAX_CELLS], size_t *count) {
  csv_status result = CSV_ROW;
  *count = 0;
  reader->scratch_used = 0;
  reader->line = reader->next_line;
  for (;;) {
    sis_bytes cell;
    if (reader->at < reader->end && *reader->at == '"') {
      csv_status status;
      reader->at++;
      status = quoted_cell(reader, &cell);
      if (status != CSV_ROW) return status;
      if (!at_row_end(reader) && *reader->at != ',') result = CSV_STRAY_QUOTE;
    } else {
      const char *begin = reader->at;
      while (!at_row_end(reader) && *reader->at != ',') reader->at++;
      cell = trimmed(begin, reader->at);
    }
    if (result == CSV_ROW && *count == CSV_MAX_CELLS) result = CSV_TOO_MANY_CELLS;
    if (result != CSV_ROW || at_row_end(reader)) {
      skip_line(reader);
      if (result == CSV_ROW) cells[(*count)++] = cell;
      return result;
    }
    cells[(*count)++] = cell;
    reader->at++; /* the comma */
  }
}

csv_status csv_next(csv_reader *reader, sis_bytes cells[CSV_MAX_CELLS], size_t *count) {
  while (reader->at < reader->end) {
    csv_status status = read_row(reader, cells, count);
    if (status != CSV_ROW || *count != 1 || cells[0].len != 0) return status;
  }
  *count = 0;
  return CSV_END;
}
