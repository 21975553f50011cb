#ifndef PROVIDER_MANIFEST_H
#define PROVIDER_MANIFEST_H

#include "sis_plugin.h"

sis_bytes provider_manifest(void);

#endif
