#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel's header may be older than the kernel: numbers and layout are those of linux/landlock.h, which
// are fixed, and the same on every machine.
#define LANDLOCK_CREATE_RULESET 444
#define LANDLOCK_RESTRICT_SELF 446
#define LANDLOCK_GET_VERSION 1u

struct ruleset {
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
};

// The rights over files that each version knows, from bit 0 on. Added since the first: linking across folders
// (2), truncating (3), ioctl of devices (5).
static uint64_t file_rights(int version) {
  int count = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
  return ((uint64_t)1 << count) - 1;
}

int sandbox_deny_files(void) {
  long version = syscall(LANDLOCK_CREATE_RULESET, NULL, 0, LANDLOCK_GET_VERSION);
  if (version < 0) return -errno;
  struct ruleset ruleset = {
      .files = file_rights((int)version),
      .network = version >= 4 ? 3 : 0,  // bind and connect, TCP
      .scopes = version >= 6 ? 3 : 0,   // abstract sockets, signals
  };
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  long descriptor = syscall(LANDLOCK_CREATE_RULESET, &ruleset, size, 0);
  if (descriptor < 0) return -errno;
  // No rule: what is handled is denied, everywhere.
  long status = syscall(LANDLOCK_RESTRICT_SELF, descriptor, 0);
  int failure = errno;
  close((int)descriptor);
  return status == 0 ? (int)version : -failure;
}
