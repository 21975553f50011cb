// Linux calls that need _GNU_SOURCE, which must not be defined in a header that Swift imports.
#ifndef HOMEROOM_CHOSTSHIM_H
#define HOMEROOM_CHOSTSHIM_H

#include <stddef.h>
#include <stdint.h>

#include "HostMemory.h"
#include "HostPolling.h"
#include "HostProcess.h"
#include "HostSignals.h"

/// An anonymous file in memory, close-on-exec, sealable, executable where the kernel asks for it.
/// Returns a descriptor, or -1 with errno set.
int homeroom_memfd_create(const char *_Nonnull name);

/// Forbids every further change of an anonymous file's size and content. 0, or -1 with errno set.
int homeroom_memfd_seal(int fd);

#endif
