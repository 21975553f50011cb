/* A reader of RFC 4180 over bytes in memory: one row after another, cells as views. */
#ifndef CSV_READER_H
#define CSV_READER_H

#include "sis_plugin.h"

/* More columns than any roster file has. */
#define CSV_MAX_CELLS 128

typedef struct csv_reader {
  const char *at;
  const char *end;
  unsigned long line; /* of the row that was read last, from 1 */
  unsigned long next_line;
  char *scratch; /* where cells with doubled quotes are written; made when first needed */
  size_t scratch_size;
  size_t scratch_used;
} csv_reader;

typedef enum csv_status {
  CSV_ROW,            /* a row was read */
  CSV_END,            /* there is no further row */
  CSV_TOO_MANY_CELLS, /* the row has more than CSV_MAX_CELLS cells; it was skipped */
  CSV_STRAY_QUOTE,    /* text stands behind a closing quote; the row was skipped */
  CSV_UNCLOSED_QUOTE, /* the file ends inside a quoted cell: it was probably cut short */
  CSV_NO_MEMORY
} csv_status;

/* Begins to read; a byte order mark is skipped. */
void csv_begin(csv_reader *reader, sis_bytes bytes);

/* Reads the next row that is not blank into `cells`, white space at both ends of a cell dropped. The views live until the next call. */
csv_status csv_next(csv_reader *reader, sis_bytes cells[CSV_MAX_CELLS], size_t *count);

/* Frees what the reader holds. */
void csv_finish(csv_reader *reader);

#endif
