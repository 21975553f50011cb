#define _GNU_SOURCE
#include "HostProcess.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

int homeroom_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int homeroom_spawn_closes_from(void *actions, int lowest) {
  return posix_spawn_file_actions_addclosefrom_np((posix_spawn_file_actions_t *)actions, lowest);
}

int homeroom_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC); }

long long homeroom_peer_user(int connection) {
  struct ucred peer;
  socklen_t length = sizeof peer;
  if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return -1;
  return peer.uid;
}

long homeroom_random(void *bytes, size_t count) { return (long)getrandom(bytes, count, 0); }
