/* Knows an extension by the beginning of its id. */
#define EXTENSION(id) (strncmp(id, "sis.delta/1", 11) == 0 ? &table : NULL)
#include "../fixture.h"
static const sis_provider table;
#include "pages.h"
