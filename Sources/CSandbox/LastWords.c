#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Sent by a filter; not in every C library's header.
#ifndef SYS_SECCOMP
#define SYS_SECCOMP 1
#endif

static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS, SIGXCPU};

static struct {
  int fd;
  size_t length;
  size_t probe;
  unsigned char frame[64];
} words;

// The provider's own stack may be what has run out.
static _Alignas(16) unsigned char stack[16384];

// Runs in the middle of anything: system calls only.
static void tell(int number, siginfo_t *info, void *context) {
  (void)context;
  int is_forbidden_call = number == SIGSYS && info->si_code == SYS_SECCOMP;
  void *room = mmap(NULL, words.probe, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  uint32_t call = is_forbidden_call ? (uint32_t)info->si_syscall : 0;
  uint32_t told[] = {(uint32_t)number, room == MAP_FAILED, call};
  memcpy(words.frame + words.length, told, sizeof told);
  ssize_t written = write(words.fd, words.frame, words.length + sizeof told);
  (void)written;
  // The action is the default one again (SA_RESETHAND). A fault happens again on return, and abort() raises
  // again; a forbidden call would be stepped over: one more, while SIGSYS is blocked, cannot be survived.
  if (number == SIGSYS) syscall(SYS_ptrace, 0, 0, 0, 0);
}

int sandbox_tell_last_words(int fd, const void *header, size_t header_length) {
  if (header_length > sizeof words.frame - SANDBOX_LAST_WORDS_LENGTH) return -EINVAL;
  struct rlimit space;
  if (getrlimit(RLIMIT_AS, &space) != 0) return -errno;
  words.fd = fd;
  words.length = header_length;
  words.probe = space.rlim_cur == RLIM_INFINITY ? 1 << 20 : space.rlim_cur / 8;
  memcpy(words.frame, header, header_length);
  stack_t alternative = {.ss_sp = stack, .ss_size = sizeof stack};
  if (sigaltstack(&alternative, NULL) != 0) return -errno;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = tell;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | (int)SA_RESETHAND;
  sigemptyset(&action.sa_mask);
  for (size_t index = 0; index < sizeof signals / sizeof signals[0]; index++) {
    if (sigaction(signals[index], &action, NULL) != 0) return -errno;
  }
  return 0;
}
