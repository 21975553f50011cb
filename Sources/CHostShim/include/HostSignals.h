// A signal handler that may only do what signal-safety(7) lists; Swift code gives no such promise.
#ifndef HOMEROOM_HOSTSIGNALS_H
#define HOMEROOM_HOSTSIGNALS_H

/// From now on this signal writes its number as one byte to `fd` (non-blocking, one for the process).
/// 0, or -1 with errno set.
int homeroom_signal_watch(int number, int fd);

/// Gives the signal its default action again. 0, or -1 with errno set.
int homeroom_signal_default(int number);

#endif
