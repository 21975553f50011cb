/* Remembers how many answers it took in its life, and says so: not the same bytes twice. */
static int answers;
#define IN_FEED \
  { \
    char words[40]; \
    snprintf(words, sizeof words, "answer %d", ++answers); \
    sink->note(sink, SIS_NOTE_INFO, text(words)); \
  }
#include "pages.h"
