#include "ProviderManifest.h"

// The text of manifest.json, in the section that the host reads without running any code.
#pragma clang diagnostic ignored "-Wc23-extensions"
SIS_PLUGIN_MANIFEST_STORAGE static const char manifest[] = {
#embed "../../manifest.json"
};

sis_bytes provider_manifest(void) { return (sis_bytes){manifest, sizeof(manifest)}; }
