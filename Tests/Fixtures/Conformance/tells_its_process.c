/* Emits what differs from process to process. */
#define _POSIX_C_SOURCE 199309L
#include <unistd.h>
#define IN_FEED \
  { \
    char words[40]; \
    snprintf(words, sizeof words, "process %ld", (long)getpid()); \
    sink->note(sink, SIS_NOTE_INFO, text(words)); \
  }
#include "pages.h"
