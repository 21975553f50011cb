#define _GNU_SOURCE
#include "CSandbox.h"

#include <sys/syscall.h>

#define CALL(name) {SYS_##name, #name}

static const struct {
  uint32_t number;
  const char *name;
} calls[] = {
    CALL(openat), CALL(close), CALL(socket), CALL(socketpair), CALL(connect), CALL(bind), CALL(listen),
    CALL(accept4), CALL(sendto), CALL(sendmsg), CALL(recvmsg), CALL(execve), CALL(execveat), CALL(clone),
    CALL(clone3), CALL(kill), CALL(tgkill), CALL(tkill), CALL(ptrace), CALL(process_vm_readv),
    CALL(process_vm_writev), CALL(rt_sigaction), CALL(nanosleep), CALL(clock_nanosleep), CALL(ppoll),
    CALL(pselect6), CALL(epoll_create1), CALL(eventfd2), CALL(timerfd_create), CALL(setitimer), CALL(pipe2),
    CALL(dup), CALL(dup3), CALL(fcntl), CALL(getcwd), CALL(readlinkat), CALL(unlinkat), CALL(mkdirat),
    CALL(faccessat), CALL(statx), CALL(getdents64), CALL(wait4), CALL(waitid), CALL(prctl), CALL(seccomp),
    CALL(memfd_create), CALL(mmap), CALL(mprotect), CALL(uname), CALL(sched_getaffinity),
    CALL(sched_setaffinity), CALL(prlimit64), CALL(getppid), CALL(getuid), CALL(geteuid), CALL(io_setup),
    CALL(shmget), CALL(personality), CALL(mount), CALL(bpf), CALL(keyctl), CALL(unshare),
    CALL(set_robust_list), CALL(close_range), CALL(openat2), CALL(io_uring_setup), CALL(pidfd_open),
    CALL(getrusage), CALL(times),
#ifdef SYS_open
    CALL(open), CALL(fork), CALL(vfork), CALL(pause), CALL(poll), CALL(select), CALL(access), CALL(stat),
    CALL(dup2), CALL(readlink), CALL(unlink), CALL(pipe), CALL(accept), CALL(alarm),
#endif
};

const char *sandbox_call_name(uint32_t number) {
  for (unsigned index = 0; index < sizeof calls / sizeof calls[0]; index++) {
    if (calls[index].number == number) return calls[index].name;
  }
  return 0;
}
