// Casts and computed constants that Swift does not import; sqlite3_config is variadic.
#ifndef HOMEROOM_CSQLITE_SHIM_H
#define HOMEROOM_CSQLITE_SHIM_H

#include <sqlite3.h>

static inline sqlite3_destructor_type homeroom_sqlite_static(void) { return SQLITE_STATIC; }
static inline sqlite3_destructor_type homeroom_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static const int homeroom_sqlite_constraint_unique = SQLITE_CONSTRAINT_UNIQUE;

#endif
