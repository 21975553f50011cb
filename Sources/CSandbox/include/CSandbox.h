// What a worker does to itself before it lets a provider's code run. Everything here can only take rights
// away, and nothing can give them back. Linux only: Landlock (5.13) and seccomp filters (3.17) by their
// system calls.
//
// Every function answers 0 or more when it did its work, and -errno when the kernel would not.
#ifndef HOMEROOM_CSANDBOX_H
#define HOMEROOM_CSANDBOX_H

#include <stddef.h>
#include <stdint.h>

/// Limits this process: bytes of address space, seconds of processor time, 16 descriptors, no file of any
/// size written, no core dump.
int sandbox_limit(uint64_t address_space, uint64_t cpu_seconds);

/// Gains no rights by any exec from now on, cannot be traced or read by its user's other processes, and is
/// killed when the thread that started it ends.
int sandbox_drop_privileges(void);

/// Denies every file and, where the kernel can, TCP, abstract sockets and signals to others. A descriptor
/// that is open stays open.
///
/// Answers the version of Landlock that was applied: 1 or more.
int sandbox_deny_files(void);

/// First filter, for the time in which the provider is loaded and its constructors run: calls that the
/// dynamic loader makes are allowed, every other one answers EPERM. The descriptors 0 to 4 cannot be closed.
int sandbox_filter_loading(void);

/// Second filter, for the rest of the process's life: about 25 calls that a pure function and its memory need
/// are allowed, with no new code in memory; any other one ends the process by SIGSYS.
int sandbox_filter_calling(void);

/// From now on a signal that ends this process is told first: `header`, then three 32-bit words, go to `fd`.
/// The words are the signal; 1 if an eighth of the address space could no more be had; the number of the
/// system call, for SIGSYS.
///
/// Where the provider has put its own handlers meanwhile, calling it again takes them out.
int sandbox_tell_last_words(int fd, const void *_Nonnull header, size_t header_length);

/// How many bytes follow `header`.
#define SANDBOX_LAST_WORDS_LENGTH 12

/// The name of a system call of this machine that a provider is likely to be caught at, or NULL.
const char *_Nullable sandbox_call_name(uint32_t number);

#endif
