#define _GNU_SOURCE
#include "HostPolling.h"

#include <errno.h>
#include <sys/epoll.h>

#define MOST 64

int homeroom_poller(void) { return epoll_create1(EPOLL_CLOEXEC); }

int homeroom_poller_arm(int poller, int fd, int for_writing, uint64_t id) {
  struct epoll_event event = {
      .events = EPOLLONESHOT | (for_writing ? EPOLLOUT : EPOLLIN | EPOLLRDHUP), .data = {.u64 = id}};
  if (epoll_ctl(poller, EPOLL_CTL_MOD, fd, &event) == 0) return 0;
  return errno == ENOENT ? epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) : -1;
}

int homeroom_poller_wait(int poller, uint64_t *ids, int capacity, int milliseconds) {
  struct epoll_event events[MOST];
  int count = epoll_wait(poller, events, capacity < MOST ? capacity : MOST, milliseconds);
  for (int index = 0; index < count; index++) ids[index] = events[index].data.u64;
  return count;
}
