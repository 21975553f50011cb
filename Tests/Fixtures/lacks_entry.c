/* Has a manifest, and no entry of ABI 1: it exports another symbol. */
#include "fixture.h"

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("lacks-entry", "1"));

SIS_EXPORT const char *sis_plugin_entry_v2(void);
const char *sis_plugin_entry_v2(void) { return sis_plugin_manifest; }
