/* Saves the same cursor after each page: the beginning. */
#define CURSOR_OF(done) ((done)*0)
#include "pages.h"
