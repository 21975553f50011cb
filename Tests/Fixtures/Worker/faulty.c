/* faulty.c: a provider that does in `feed` what the word of its config says, all of it forbidden or fatal.
 * What lint would refuse by its name is called by its number: so would a provider that means it. */
#define HAS_HOOKS
#include "provider.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void loop(void) {
  for (volatile unsigned turn = 0;; turn++) {}
}

static volatile int is_endless = 1;

static int overflow(volatile unsigned char *above) {
  volatile unsigned char room[65536];
  room[0] = (unsigned char)(above ? above[0] + 1 : 0);
  return is_endless ? overflow(room) + room[0] : 0;
}

/* Takes memory until there is none: then it writes to NULL, or goes on trying. */
static void hog(int is_patient) {
  for (;;) {
    char *block = malloc(1 << 20);
    if (block || !is_patient) memset(block, 1, 1 << 20);
  }
}

static void leak(void) {
  char *block = malloc(10 << 20);
  if (!block) abort();
  memset(block, 1, 10 << 20);
}

/* A frame as the worker would send it: length, call, kind. */
static void forge(uint32_t length, uint32_t call, uint8_t kind, size_t following) {
  unsigned char frame[64] = {0};
  memcpy(frame, &length, 4);
  memcpy(frame + 4, &call, 4);
  frame[8] = kind;
  if (write(3, frame, 12 + following) < 0) abort();
}

static void *idle(void *argument) { return argument; }

static void start_thread(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, idle, NULL) == 0) pthread_join(thread, NULL);
}

#ifdef UNDEFINED
void a_function_that_nobody_has(void);
#endif

static void on_signal(int number) { (void)number; }

static void flood(void) {
  static const char line[] = "a line that nobody asked for\n";
  for (int turn = 0; turn < 100000; turn++) {
    if (write(2, line, sizeof line - 1) < 0 && errno != EAGAIN) abort();
  }
}

static void ask_for_ever(const sis_sink *sink) {
  for (;;) {
    sis_request request;
    memset(&request, 0, sizeof request);
    request.size = sizeof request;
    request.method = text("GET");
    request.target = text("/more");
    sink->request(sink, &request);
  }
}

static void opening(session *self) {
  if (is(self, "segfault in open")) segfault();
}

static void closing(session *self) {
  if (is(self, "loop in close")) loop();
}

static sis_status act(session *self, const sis_response *response, const sis_sink *sink) {
  (void)response;
  if (is(self, "segfault")) segfault();
  if (is(self, "abort")) abort();
  if (is(self, "exit")) exit(0);
  if (is(self, "exit 7")) _exit(7);
  if (is(self, "loop")) loop();
  if (is(self, "overflow")) return overflow(NULL);
  if (is(self, "hog")) hog(0);
  if (is(self, "patient hog")) hog(1);
  if (is(self, "leak")) leak();
  if (is(self, "forge a length")) forge(0x80000000u, 3, 18, 0);
  if (is(self, "forge a kind")) forge(0, 3, 99, 0);
  if (is(self, "forge a call")) forge(12, 77, 18, 12);
  if (is(self, "forge a host frame")) forge(12, 3, 4, 12);
  if (is(self, "forge a reply")) forge(13, 3, 18, 13);
  if (is(self, "forge last words")) forge(12, 0, 19, 12);
  if (is(self, "close")) close(3);
  if (is(self, "close all")) for (int fd = 0; fd < 64; fd++) close(fd);
  if (is(self, "file")) open("/etc/hostname", O_RDONLY);
  if (is(self, "socket")) syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
  if (is(self, "fork")) syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (is(self, "exec")) syscall(SYS_execve, "/bin/true", NULL, NULL);
  if (is(self, "thread")) start_thread();
  if (is(self, "sleep")) usleep(1000);
  if (is(self, "kill")) syscall(SYS_kill, 1, SIGTERM);
  if (is(self, "handler")) signal(SIGSEGV, on_signal);
  if (is(self, "new code")) mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (is(self, "last words")) {
    fprintf(stderr, "a word before\nassertion failed: page > 0\n");
    abort();
  }
  if (is(self, "flood")) flood();
  if (is(self, "print")) printf("a line on standard output\n"), fflush(stdout);
  if (is(self, "requests")) ask_for_ever(sink);
#ifdef UNDEFINED
  a_function_that_nobody_has();
#endif
  if (is(self, "clock")) {
    struct timespec now;
    note(sink, clock_gettime(CLOCK_REALTIME, &now) == 0 && now.tv_sec > 0 ? "a clock" : "no clock");
  }
  return org(sink, "1", self->word);
}
