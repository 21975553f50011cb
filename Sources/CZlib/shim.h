// inflateInit2 is a macro with the library's version and the struct's size in it.
#ifndef HOMEROOM_CZLIB_SHIM_H
#define HOMEROOM_CZLIB_SHIM_H

#include <zlib.h>

static inline int homeroom_inflate_init(z_stream *stream, int window_bits) {
  return inflateInit2(stream, window_bits);
}
static inline int homeroom_deflate_init(z_stream *stream, int level, int window_bits) {
  return deflateInit2(stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
}

#endif
