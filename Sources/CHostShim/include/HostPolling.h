// epoll(7), which Swift's Glibc module does not show. Every interest is told once and then sleeps until it is
// armed again.
#ifndef HOMEROOM_HOSTPOLLING_H
#define HOMEROOM_HOSTPOLLING_H

#include <stdint.h>

/// A descriptor of a new set of interests, close-on-exec; -1 with errno set.
int homeroom_poller(void);

/// Tells `id` once when `fd` can be read (or has ended), or written. It replaces what `fd` was armed for.
/// 0, or -1 with errno set.
int homeroom_poller_arm(int poller, int fd, int for_writing, uint64_t id);

/// Waits until something can be told: how many ids were written to `ids`; 0 after so many milliseconds (-1:
/// never); -1 with errno set.
int homeroom_poller_wait(int poller, uint64_t *_Nonnull ids, int capacity, int milliseconds);

#endif
