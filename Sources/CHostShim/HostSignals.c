#define _GNU_SOURCE
#include "HostSignals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

// Written before the first handler is installed and never again; read by handlers on any thread.
static volatile sig_atomic_t signal_pipe = -1;

static void on_signal(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  // A full pipe means that the reader has enough to do; nothing else can be done here.
  ssize_t written = write((int)signal_pipe, &byte, 1);
  (void)written;
  errno = saved;
}

int homeroom_signal_watch(int number, int fd) {
  signal_pipe = fd;
  struct sigaction action = {0};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  return sigaction(number, &action, NULL);
}

int homeroom_signal_default(int number) {
  struct sigaction action = {0};
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  return sigaction(number, &action, NULL);
}
