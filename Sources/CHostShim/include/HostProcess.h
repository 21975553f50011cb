// GNU calls around processes that Swift's Glibc module does not show.
#ifndef HOMEROOM_HOSTPROCESS_H
#define HOMEROOM_HOSTPROCESS_H

#include <stddef.h>

/// pipe2(2) with O_CLOEXEC: 0, or -1 with errno set. `ends` has room for two.
int homeroom_pipe(int *_Nonnull ends);

/// Adds to a `posix_spawn_file_actions_t`: close every descriptor from `lowest` on. 0 or an error number.
int homeroom_spawn_closes_from(void *_Nonnull actions, int lowest);

/// Sets up a `posix_spawnattr_t`: a process group of its own, no signal blocked, every signal at its default.
/// 0 or an error number.
int homeroom_spawn_in_own_group(void *_Nonnull attributes);

/// accept4(2) with SOCK_CLOEXEC: a descriptor, or -1 with errno set.
int homeroom_accept(int listener);

/// The user id of the process at the other end of a Unix-domain socket (SO_PEERCRED), or -1.
long long homeroom_peer_user(int connection);

/// pidfd_open(2): a descriptor that can be read when the process has ended, close-on-exec; -1 with errno set.
int homeroom_pidfd(int process);

/// getrandom(2) without flags: how many bytes it gave, or -1 with errno set.
long homeroom_random(void *_Nonnull bytes, size_t count);

#endif
