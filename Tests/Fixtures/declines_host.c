/* Answers no table to any host, as a provider that needs a later minor version does. */
#include "fixture.h"

SIS_PLUGIN_MANIFEST(FIXTURE_MANIFEST("declines-host", "1"));

const sis_provider *sis_plugin_entry_v1(uint32_t host_major, uint32_t host_minor) {
  (void)host_major;
  (void)host_minor;
  return NULL;
}
