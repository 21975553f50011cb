/* Has the entry, and a manifest that does not stand in the section of its own. */
#include "fixture.h"

static const char sis_plugin_manifest[] = FIXTURE_MANIFEST("lacks-manifest", "1");

static sis_session *open_session(const sis_provider *provider, const sis_open *args, const sis_sink *sink) {
  (void)provider;
  (void)args;
  (void)sink;
  return NULL;
}

FIXTURE_TABLE("lacks-manifest", open_session)
