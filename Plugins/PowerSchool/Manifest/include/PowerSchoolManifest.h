#ifndef POWERSCHOOL_MANIFEST_H
#define POWERSCHOOL_MANIFEST_H

#include "sis_plugin.h"

sis_bytes powerschool_manifest(void);

#endif
