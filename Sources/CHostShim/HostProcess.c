#define _GNU_SOURCE
#include "HostProcess.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int homeroom_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int homeroom_spawn_closes_from(void *actions, int lowest) {
  return posix_spawn_file_actions_addclosefrom_np((posix_spawn_file_actions_t *)actions, lowest);
}

int homeroom_spawn_in_own_group(void *attributes) {
  posix_spawnattr_t *attr = attributes;
  sigset_t none, every;
  sigemptyset(&none);
  sigfillset(&every);
  int code = posix_spawnattr_setsigmask(attr, &none);
  if (code == 0) code = posix_spawnattr_setsigdefault(attr, &every);
  if (code == 0) code = posix_spawnattr_setpgroup(attr, 0);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
  return code == 0 ? posix_spawnattr_setflags(attr, flags) : code;
}

int homeroom_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC); }

long long homeroom_peer_user(int connection) {
  struct ucred peer;
  socklen_t length = sizeof peer;
  if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return -1;
  return peer.uid;
}

int homeroom_pidfd(int process) { return (int)syscall(SYS_pidfd_open, process, 0); }

long homeroom_random(void *bytes, size_t count) { return (long)getrandom(bytes, count, 0); }
