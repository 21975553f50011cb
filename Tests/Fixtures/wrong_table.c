/* A table with one fault, which a macro chooses when the library is built. */
#include "fixture.h"

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("wrong-table", "1"));

FIXTURE_OPEN(next_page, take_page)

static sis_provider right_table(void) {
  sis_provider table;
  memset(&table, 0, sizeof table);
  table.size = sizeof table;
  table.abi_major = SIS_ABI_MAJOR;
  table.id = "wrong-table";
  table.version = FIXTURE_VERSION;
  table.manifest = bytes_of(sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH);
  table.cursor_version = 1;
  table.cursor_oldest = 1;
  table.open = open_session;
  table.extension = extension;
  return table;
}

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  static sis_provider table;
  (void)host_major;
  (void)host_minor;
  table = right_table();
#if defined(TOO_SMALL)
  table.size = sizeof table - 8;
#elif defined(NO_SIZE)
  table.size = 0;
#elif defined(HUGE_SIZE)
  table.size = UINT32_MAX;
#elif defined(NO_ID)
  memset(&table.id, 0, sizeof table.id);
#elif defined(NO_VERSION)
  memset(&table.version, 0, sizeof table.version);
#elif defined(NO_OPEN)
  memset(&table.open, 0, sizeof table.open);
#elif defined(NO_EXTENSION)
  memset(&table.extension, 0, sizeof table.extension);
#elif defined(OTHER_MAJOR)
  table.abi_major = 2;
#elif defined(OTHER_ID)
  table.id = "right-table";
#elif defined(OTHER_VERSION)
  table.version = "1.0.1";
#elif defined(ENDLESS_ID)
  static char endless[4096];
  memset(endless, 'a', sizeof endless);
  table.id = endless;
#elif defined(OTHER_MANIFEST)
  table.manifest = text("{}");
#elif defined(NO_MANIFEST)
  table.manifest = bytes_of(NULL, 0);
#elif defined(IMPOSSIBLE_MANIFEST)
  table.manifest.len = SIZE_MAX;
#elif defined(OTHER_CURSOR)
  table.cursor_version = 2;
#elif defined(NEWEST_BEFORE_OLDEST)
  table.cursor_oldest = 2;
#elif !defined(RIGHT)
#error "Define which fault the table has."
#endif
  return &table;
}
