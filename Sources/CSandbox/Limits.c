#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static int limit(int resource, rlim_t soft, rlim_t hard) {
  struct rlimit old;
  if (getrlimit((__rlimit_resource_t)resource, &old) != 0) return -errno;
  // A limit that is lower already cannot be raised again, and need not be.
  struct rlimit new = {soft < old.rlim_max ? soft : old.rlim_max, hard < old.rlim_max ? hard : old.rlim_max};
  return setrlimit((__rlimit_resource_t)resource, &new) == 0 ? 0 : -errno;
}

int sandbox_limit(uint64_t address_space, uint64_t cpu_seconds) {
  const struct {
    int resource;
    rlim_t soft, hard;
  } limits[] = {
      {RLIMIT_AS, address_space, address_space},
      // SIGXCPU at the first, SIGKILL at the second.
      {RLIMIT_CPU, cpu_seconds, cpu_seconds + 1},
      {RLIMIT_NOFILE, 16, 16},
      {RLIMIT_FSIZE, 0, 0},
      {RLIMIT_CORE, 0, 0},
  };
  for (size_t index = 0; index < sizeof limits / sizeof limits[0]; index++) {
    int status = limit(limits[index].resource, limits[index].soft, limits[index].hard);
    if (status < 0) return status;
  }
  return 0;
}

int sandbox_drop_privileges(void) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return -errno;
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -errno;
  return 0;
}
