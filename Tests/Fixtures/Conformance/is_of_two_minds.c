/* Gives one version in its manifest and another in its table. */
#define TABLE_VERSION "2.0.0"
#include "pages.h"
