// Why this library: docs/decisions/0006-xxhash.md.
#ifndef HOMEROOM_CXXHASH_SHIM_H
#define HOMEROOM_CXXHASH_SHIM_H

#include <xxhash.h>

#endif
