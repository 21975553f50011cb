/* Keeps every rule. */
#include "pages.h"
