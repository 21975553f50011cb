/* Answers its table to whoever asks. */
#define SERVES(major) 1
#include "pages.h"
