#define _GNU_SOURCE
#include "HostProcess.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/random.h>
#include <unistd.h>

int homeroom_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int homeroom_spawn_closes_from(void *actions, int lowest) {
  return posix_spawn_file_actions_addclosefrom_np((posix_spawn_file_actions_t *)actions, lowest);
}

long homeroom_random(void *bytes, size_t count) { return (long)getrandom(bytes, count, 0); }
