#ifndef SMALL_API_MANIFEST_H
#define SMALL_API_MANIFEST_H

#include "sis_plugin.h"

sis_bytes small_api_manifest(void);

#endif
