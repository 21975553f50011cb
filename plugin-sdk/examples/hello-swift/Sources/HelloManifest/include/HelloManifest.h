#ifndef HELLO_MANIFEST_H
#define HELLO_MANIFEST_H

#include "sis_plugin.h"

/* What the host reads without running any code. */
sis_bytes hello_manifest(void);

#endif
