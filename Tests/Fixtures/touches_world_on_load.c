/* Has a constructor, which the loader runs before anyone asks: it writes a file and opens a socket. The
 * file's path is given by the macro WITNESS when the library is built. FILE_ONLY leaves the socket out, for
 * which alone it would be refused everywhere. */
#define _POSIX_C_SOURCE 200809L
#include "fixture.h"

#include <sys/socket.h>

#ifndef WITNESS
#define WITNESS "/tmp/homeroom-witness"
#endif

static int descriptor = -1;

__attribute__((constructor)) static void touch_world(void) {
  FILE *file = fopen(WITNESS, "w");
#ifndef FILE_ONLY
  descriptor = socket(AF_INET, SOCK_STREAM, 0);
#endif
  if (file) {
    fprintf(file, "loaded, socket %s\n", descriptor >= 0 ? "open" : "refused");
    fclose(file);
  }
}

FIXTURE("touches-world-on-load", next_page, take_page)
