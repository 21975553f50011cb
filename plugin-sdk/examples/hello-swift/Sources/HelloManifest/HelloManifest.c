#include "HelloManifest.h"

#define JSON(...) #__VA_ARGS__
SIS_PLUGIN_MANIFEST(JSON({
  "manifest": 1, "id": "hello-swift", "name": "Hello from Swift", "version": "1.0.0",
  "abi": {"major": 1, "minor": 0}, "cursorVersion": 1, "kinds": ["org", "user"], "modes": ["full"],
  "rateLimit": {"perMinute": 60}, "maxInFlight": 1, "auth": [{"scheme": "none"}], "allowedHosts": [],
  "config": {"type": "object", "properties": {}}
}));

sis_bytes hello_manifest(void) { return (sis_bytes){sis_plugin_manifest, SIS_PLUGIN_MANIFEST_LENGTH}; }
