/// Which functions of the C library a provider must not call by itself: everything through which it would reach what only
/// the host may touch (design: a provider touches no network, file, clock, randomness, thread or secret).
///
/// Lint is no sandbox: code can make a system call without importing anything. It finds what was built in by mistake, before
/// it runs; what is meant ill is stopped by signatures and by the worker process.
struct ImportRule {
  var names: Set<String>
  /// What it is for, in words: "the network".
  var reach: String
  /// Of a name that no language's runtime library brings along.
  var severity: LintFinding.Severity
  /// Names that the runtime library of Swift has in it, linked into a provider by -static-stdlib: it would write a
  /// backtrace by them if it crashed. Their being there says nothing.
  var runtimeNames: Set<String> = []
  var advice: String

  private static let network = ImportRule(
    names: [
      "socket", "connect", "bind", "listen", "accept", "accept4", "send", "sendto", "sendmsg", "sendmmsg",
      "recv", "recvfrom", "recvmsg", "recvmmsg", "getaddrinfo", "gethostbyname", "gethostbyname2",
      "gethostbyname_r", "res_query", "res_search",
    ], reach: "the network", severity: .refuse, runtimeNames: ["socketpair"],
    advice: "Ask the host for each exchange with sis_sink.request")

  private static let processes = ImportRule(
    names: [
      "fork", "Fork", "vfork", "execve", "execv", "execvp", "execl", "execle", "execlp", "execveat",
      "fexecve",
      "posix_spawn", "posix_spawnp", "system", "popen", "wordexp", "ptrace", "process_vm_readv",
      "process_vm_writev", "kill", "tgkill", "sigqueue",
    ], reach: "other processes", severity: .refuse, runtimeNames: ["clone", "execvpe"],
    advice: "Do the work in the provider itself")

  private static let loading = ImportRule(
    names: ["dlmopen"], reach: "other libraries at run time", severity: .refuse, runtimeNames: ["dlopen"],
    advice: "Link what it needs into the provider")

  // The rest is what the runtime libraries of several languages import, used or not.
  private static let files = ImportRule(
    names: [
      "open", "openat", "creat", "fopen", "freopen", "fdopen", "opendir", "fdopendir", "scandir", "mkdir",
      "mkdirat", "rmdir", "unlink", "unlinkat", "remove", "rename", "renameat", "renameat2", "link",
      "symlink",
      "truncate", "stat", "lstat", "fstatat", "xstat", "lxstat", "statx", "access", "faccessat", "readlink",
      "realpath", "getcwd", "chdir", "chmod", "chown", "mkstemp", "mkdtemp", "tmpfile", "memfd_create",
      "shm_open", "mount", "inotify_init", "glob", "nftw",
    ], reach: "files", severity: .refuseInProcess,
    advice: "Take what it needs from the config and the answers")

  private static let clocks = ImportRule(
    names: [
      "time", "clock_gettime", "gettimeofday", "clock", "ftime", "timespec_get", "times", "localtime",
      "localtime_r", "mktime", "tzset", "sleep", "usleep", "nanosleep", "clock_nanosleep", "alarm",
      "setitimer",
      "timer_create", "timerfd_create", "swift_get_time",
    ], reach: "a clock", severity: .refuseInProcess,
    advice: "Use now_ms, which the host passes in; a replay must come to the same result")

  private static let random = ImportRule(
    names: [
      "rand", "random", "srand", "srandom", "drand48", "lrand48", "mrand48", "getrandom", "getentropy",
      "arc4random", "arc4random_buf", "arc4random_uniform", "swift_stdlib_random",
    ], reach: "randomness", severity: .refuseInProcess,
    advice: "Use sis_open.seed; a replay must come to the same result")

  private static let environment = ImportRule(
    names: ["getenv", "secure_getenv", "setenv", "putenv", "unsetenv", "clearenv", "environ", "setlocale"],
    reach: "the environment", severity: .refuseInProcess,
    advice: "Take options from the config, declared in the manifest")

  private static let threads = ImportRule(
    names: [
      "pthread_create", "thrd_create", "pthread_key_create", "tss_create", "pthread_atfork",
      "swift_task_create",
    ], reach: "threads", severity: .refuseInProcess,
    advice: "Work in the call that the host makes; it has threads for that")

  private static let lifecycle = ImportRule(
    names: [
      "signal", "sigaction", "sysv_signal", "bsd_signal", "sigaltstack", "sigprocmask", "pthread_sigmask",
      "atexit", "on_exit", "at_quick_exit", "exit", "Exit", "quick_exit", "setrlimit", "prctl", "prlimit",
      "umask",
      "setuid", "setgid",
    ], reach: "the state of the whole process", severity: .refuseInProcess,
    advice: "Answer a status; let the host decide what becomes of the process")

  private static let kernel = ImportRule(
    names: ["syscall", "dlsym", "dlvsym", "mprotect", "pkey_mprotect", "ioctl"],
    reach: "anything, by a way that says nothing of where it leads", severity: .refuseInProcess,
    advice: "Call what it needs by name")

  private static let output = ImportRule(
    names: [
      "printf", "vprintf", "puts", "putchar", "putc", "putchar_unlocked", "perror", "psignal", "dprintf",
      "stdout", "stderr", "stdin", "write", "writev", "syslog", "$ss5print_9separator10terminatoryypd_S2StF",
    ], reach: "the host's own output", severity: .warning, advice: "Say it with sis_sink.note")

  static let all = [
    network, processes, loading, files, clocks, random, environment, threads, lifecycle, kernel, output,
  ]

  /// Which of these imports are meant, by how grave they are.
  func findings(_ imports: [String]) -> [(severity: LintFinding.Severity, names: [String])] {
    func hits(_ list: Set<String>) -> [String] {
      imports.filter { list.contains($0) || list.contains(Self.plain($0)) }
    }
    return [(severity, hits(names)), (.refuseInProcess, hits(runtimeNames))].filter { !$0.names.isEmpty }
  }

  /// A name without what the C library adds to it for large files, for fortified builds, or for itself: `__open64_2` is `open`.
  static func plain(_ name: String) -> String {
    var name = name[...]
    let isSpecial = name.hasPrefix("_")
    while name.hasPrefix("_") { name = name.dropFirst() }
    guard !name.isEmpty else { return "" }
    if isSpecial {
      for end in ["_chk", "_2", "_finite"] where name.hasSuffix(end) { name = name.dropLast(end.count) }
    }
    if name.hasSuffix("64"), name.count > 2 { name = name.dropLast(2) }
    return String(name)
  }
}
