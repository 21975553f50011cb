#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
// Calls from here on are those of the x32 ABI, numbered anew.
#define FOREIGN_CALLS 0x40000000u
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#define FOREIGN_CALLS 0x7fffffffu
#else
#error "the seccomp filters are written for x86-64 and AArch64"
#endif

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(offset))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, (count))

#define CALL_NUMBER LOAD(offsetof(struct seccomp_data, nr))
// The lower half of an argument: both machines are little-endian.
#define ARGUMENT(index) LOAD(offsetof(struct seccomp_data, args) + 8 * (index))

// The number is in the accumulator before and after each of these.
#define ON_CALL(name, value) SKIP_UNLESS(SYS_##name, 1), ANSWER(value)
#define ALLOW(name) ON_CALL(name, SECCOMP_RET_ALLOW)
#define REFUSE(name, error) ON_CALL(name, SECCOMP_RET_ERRNO | (error))
// Allows the call where the bits `mask` of the argument are all clear.
#define ALLOW_WITHOUT(name, index, mask) \
  SKIP_UNLESS(SYS_##name, 4), ARGUMENT(index), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (mask), 1, 0), \
      ANSWER(SECCOMP_RET_ALLOW), CALL_NUMBER
// Allows the call where the argument is `value`.
#define ALLOW_IF(name, index, value) \
  SKIP_UNLESS(SYS_##name, 4), ARGUMENT(index), SKIP_UNLESS(value, 1), ANSWER(SECCOMP_RET_ALLOW), CALL_NUMBER
// Allows the call where the argument, a pointer, is NULL.
#define ALLOW_NULL(name, index) \
  SKIP_UNLESS(SYS_##name, 6), ARGUMENT(index), SKIP_UNLESS(0, 3), \
      LOAD(offsetof(struct seccomp_data, args) + 8 * (index) + 4), SKIP_UNLESS(0, 1), \
      ANSWER(SECCOMP_RET_ALLOW), CALL_NUMBER
// Allows the call where the argument is above `value`.
#define ALLOW_ABOVE(name, index, value) \
  SKIP_UNLESS(SYS_##name, 4), ARGUMENT(index), BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, (value), 0, 1), \
      ANSWER(SECCOMP_RET_ALLOW), CALL_NUMBER

// A system call of another machine's numbering could be anything.
#define HEAD \
  LOAD(offsetof(struct seccomp_data, arch)), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0), \
      ANSWER(SECCOMP_RET_KILL_PROCESS), CALL_NUMBER, \
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FOREIGN_CALLS, 0, 1), ANSWER(SECCOMP_RET_KILL_PROCESS)

// What a pure function, its memory, and the talk with the host need, the most frequent first.
#define COMPUTING \
  ALLOW(recvfrom), ALLOW(write), ALLOW(munmap), ALLOW(brk), ALLOW(madvise), ALLOW(mremap), ALLOW(futex), \
      ALLOW(read), ALLOW(writev), ALLOW(sched_yield), ALLOW(clock_gettime), ALLOW(clock_getres), \
      ALLOW(gettimeofday), ALLOW(getrandom), ALLOW(getpid), ALLOW(gettid), ALLOW(rt_sigprocmask), \
      ALLOW(rt_sigreturn), ALLOW(sigaltstack), ALLOW(restart_syscall), ALLOW(exit), ALLOW(exit_group)

// What the C library tries and can do without: standard streams, qsort's look at the memory's size.
#define TRIED \
  REFUSE(ioctl, ENOTTY), REFUSE(lseek, ESPIPE), REFUSE(fstat, EPERM), REFUSE(newfstatat, EPERM), \
      REFUSE(sysinfo, EPERM)

static int apply(const struct sock_filter *filter, size_t count) {
  struct sock_fprog program = {.len = (unsigned short)count, .filter = (struct sock_filter *)filter};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 ? 0 : -errno;
}

int sandbox_filter_loading(void) {
  const struct sock_filter filter[] = {
      HEAD,
      COMPUTING,
#ifdef SYS_open
      ALLOW(open),
      ALLOW(readlink),
      ALLOW(access),
      ALLOW(time),
#endif
      ALLOW(openat),
      ALLOW_ABOVE(close, 0, 4),
      ALLOW(pread64),
      ALLOW(fstat),
      ALLOW(newfstatat),
      ALLOW(lseek),
      ALLOW(readlinkat),
      ALLOW(faccessat),
      ALLOW(getcwd),
      ALLOW(mmap),
      ALLOW(mprotect),
      ALLOW(rt_sigaction),
      ALLOW_IF(tgkill, 0, getpid()),
      ALLOW(uname),
      ALLOW(sysinfo),
      ALLOW(sched_getaffinity),
      // Limits may be read, not set.
      ALLOW_NULL(prlimit64, 2),
      ALLOW_IF(prctl, 0, PR_SET_SECCOMP),
      REFUSE(ioctl, ENOTTY),
      ANSWER(SECCOMP_RET_ERRNO | EPERM),
  };
  return apply(filter, sizeof filter / sizeof filter[0]);
}

int sandbox_filter_calling(void) {
  const struct sock_filter filter[] = {
      HEAD,
      COMPUTING,
      ALLOW_WITHOUT(mmap, 2, PROT_EXEC),
      ALLOW_WITHOUT(mprotect, 2, PROT_EXEC),
#ifdef SYS_time
      ALLOW(time),
#endif
      TRIED,
      ALLOW_IF(tgkill, 0, getpid()),
      // abort() raises its signal, then takes out the handler, then raises it again; pthread_create() sets
      // handlers of its own, from signal 32 on, before it makes the call that is told.
      SKIP_UNLESS(SYS_rt_sigaction, 5),
      ARGUMENT(0),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 32, 1, 0),
      SKIP_UNLESS(SIGABRT, 1),
      ANSWER(SECCOMP_RET_ERRNO | EPERM),
      CALL_NUMBER,
      // Not KILL: the handler tells which call it was before the process ends.
      ANSWER(SECCOMP_RET_TRAP),
  };
  return apply(filter, sizeof filter / sizeof filter[0]);
}
