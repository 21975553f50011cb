/* Leaves sixty-four bytes behind with each session. */
#include <stdlib.h>
static void *volatile lost;
#define IN_OPEN lost = malloc(64);
#include "pages.h"
