// SQLITE_STATIC and SQLITE_TRANSIENT are casts that Swift does not import; sqlite3_config is variadic.
#ifndef HOMEROOM_CSQLITE_SHIM_H
#define HOMEROOM_CSQLITE_SHIM_H

#include <sqlite3.h>

static inline sqlite3_destructor_type homeroom_sqlite_static(void) { return SQLITE_STATIC; }
static inline sqlite3_destructor_type homeroom_sqlite_transient(void) { return SQLITE_TRANSIENT; }

#endif
