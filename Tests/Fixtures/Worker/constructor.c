/* constructor.c: a provider whose constructor, which runs before the host has asked anything, tries to get
 * out. What it got stands in a note of the first answer. */
#include "provider.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static char found[512];

static void tell(const char *name, long result) {
  char words[64];
  const char *got = result < 0 ? strerrorname_np(errno) : "done";
  snprintf(words, sizeof words, "%s%s %s", *found ? ", " : "", name, got);
  strncat(found, words, sizeof found - strlen(found) - 1);
}

#ifdef STARTS_THREAD
static void *idle(void *argument) { return argument; }
#endif

static void swallow(int number) { (void)number; }

__attribute__((constructor)) static void begin(void) {
#if defined(SEGFAULT)
  segfault();
#elif defined(LOOP)
  for (volatile unsigned turn = 0;; turn++) {}
#elif defined(EXIT)
  _exit(3);
#elif defined(FORGE)
  /* A table of its own making: length 4, call 0, ready. */
  static const unsigned char frame[16] = {4, 0, 0, 0, 0, 0, 0, 0, 16};
  if (write(3, frame, sizeof frame) < 0) _exit(4);
#endif
  tell("open", open("/etc/hostname", O_RDONLY));
  tell("create", open("/tmp/sis-worker-was-here", O_WRONLY | O_CREAT, 0600));
  tell("socket", syscall(SYS_socket, AF_INET, SOCK_STREAM, 0));
  tell("fork", syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
  tell("exec", syscall(SYS_execve, "/bin/true", NULL, NULL));
  tell("kill", syscall(SYS_kill, 1, 0));
  tell("close", close(3));
  struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
  tell("setrlimit", setrlimit(RLIMIT_AS, &more));
  tell("trace", prctl(PR_SET_DUMPABLE, 1));
  signal(SIGSYS, swallow);
  signal(SIGSEGV, swallow);
#ifdef STARTS_THREAD
  pthread_t thread;
  errno = pthread_create(&thread, NULL, idle, NULL);
  tell("thread", errno ? -1 : 0);
#endif
}

static sis_status act(session *self, const sis_response *response, const sis_sink *sink) {
  (void)response;
  note(sink, found);
  if (is(self, "socket")) syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
  if (is(self, "segfault")) segfault();
  return SIS_DONE;
}
