// What malloc(3) has given out.
#ifndef HOMEROOM_HOSTMEMORY_H
#define HOMEROOM_HOSTMEMORY_H

#include <stddef.h>

/// Bytes that are allocated and not freed, in all arenas and in mappings of their own (mallinfo2(3)).
size_t homeroom_heap_in_use(void);

#endif
