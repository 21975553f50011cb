import CHostShim
import Glibc

/// A worker's process and the host's ends of what leads to it. Used by one session.
final class WorkerProcess: @unchecked Sendable {
  // Unchecked: after `init` it is used by the actor that owns it.

  /// The numbers in the worker: see SISWorker.swift.
  private enum Place { static let (socket, file): (CInt, CInt) = (3, 4) }

  let processID: pid_t
  /// Non-blocking.
  let socket: CInt
  /// Can be read when the process has ended.
  let end: CInt
  /// What it writes to its standard error, of which a pipe holds 64 KiB.
  private let errors: CInt
  /// How it ended, in the words of wait(2); nil while it was not waited for.
  private(set) var waitStatus: CInt?

  /// Starts `executable` on a sealed file. To be called on the thread of the `WorkerLoop`.
  init(_ executable: String, file: CInt) throws(WorkerFailure) {
    var pair: [CInt] = [-1, -1]
    var pipe: [CInt] = [-1, -1]
    var spare: [CInt] = []
    func giveUp(_ doing: String, _ code: CInt = errno) -> WorkerFailure {
      for descriptor in pair + pipe + spare where descriptor >= 0 { close(descriptor) }
      return .notStarted("\(doing): \(String(cString: strerror(code)))")
    }
    guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0,
      homeroom_pipe(&pipe) == 0
    else { throw giveUp("no socket or pipe") }
    Self.prepare(pair, pipe)
    // Away from the numbers that they get in the child: one must not be put over another.
    for descriptor in [pair[1], file, pipe[1]] {
      let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 10)
      guard moved >= 0 else { throw giveUp("no descriptor") }
      spare.append(moved)
    }
    var processID: pid_t = 0
    let code = Self.spawn(executable, socket: spare[0], file: spare[1], errors: spare[2], &processID)
    guard code == 0 else { throw giveUp(executable, code) }
    let end = homeroom_pidfd(processID)
    guard end >= 0 else {
      let failure = giveUp("this kernel tells no end of a process")
      _ = Glibc.kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
      throw failure
    }
    for descriptor in spare + [pair[1], pipe[1]] { close(descriptor) }
    self.processID = processID
    self.end = end
    socket = pair[0]
    errors = pipe[0]
  }

  deinit {
    if waitStatus == nil {
      kill()
      WorkerLoop.shared?.reap(processID, end)
    } else {
      close(end)
    }
    close(socket)
    close(errors)
  }

  /// Room for a page and its records on their way. A worker that writes more words than its pipe holds must
  /// not wait for somebody to read them.
  private static func prepare(_ pair: [CInt], _ pipe: [CInt]) {
    var room: CInt = 1 << 20
    for descriptor in pair {
      setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &room, socklen_t(MemoryLayout<CInt>.size))
    }
    for descriptor in [pair[0], pipe[0], pipe[1]] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  private static func spawn(
    _ executable: String, socket: CInt, file: CInt, errors: CInt, _ processID: inout pid_t
  ) -> CInt {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    posix_spawn_file_actions_adddup2(&actions, socket, Place.socket)
    posix_spawn_file_actions_adddup2(&actions, file, Place.file)
    homeroom_spawn_closes_from(&actions, Place.file + 1)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let code = homeroom_spawn_in_own_group(&attributes)
    guard code == 0 else { return code }
    // Swift's crash handler would start a program, which no worker may.
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("SWIFT_BACKTRACE=enable=no"), nil]
    var words: [UnsafeMutablePointer<CChar>?] = [strdup("sis-worker"), nil]
    defer { for word in environment + words { free(word) } }
    return posix_spawn(&processID, executable, &actions, &attributes, &words, &environment)
  }

  // MARK: - Its end

  /// Ends it and whatever it may have started, now.
  func kill() {
    guard waitStatus == nil else { return }
    _ = Glibc.kill(-processID, SIGKILL)
    _ = Glibc.kill(processID, SIGKILL)
  }

  /// Takes its status if it has ended.
  func takeStatus() -> CInt? {
    if waitStatus == nil {
      var status: CInt = 0
      let found = waitpid(processID, &status, WNOHANG)
      // Somebody else took it (ECHILD): it is gone, and nobody knows how.
      if found == processID {
        waitStatus = status
      } else if found < 0, errno == ECHILD {
        waitStatus = SIGKILL
      }
    }
    return waitStatus
  }

  /// The address space that it uses now, in bytes; nil if it is gone.
  var addressSpace: Int? {
    guard let file = fopen("/proc/\(processID)/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, CInt(line.count), file) != nil else { return nil }
    return strtol(line, nil, 10) * sysconf(CInt(_SC_PAGESIZE))
  }

  /// The last line that it wrote to its standard error since it was asked before, or the one in which Swift
  /// says why it stops, which may have a stack trace behind it. Printable, at most 200 characters.
  func takeLastLine() -> String {
    var last: ArraySlice<UInt8> = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(errors, &chunk, chunk.count)
      guard count > 0 else { break }
      last = (last + chunk[..<count]).suffix(chunk.count)
    }
    let lines = last.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .map { String(decoding: $0, as: UTF8.self) }
    let line = lines.last { $0.contains("Fatal error: ") } ?? lines.last ?? ""
    return String(
      String.UnicodeScalarView(line.unicodeScalars.prefix(200).map { Self.isPrintable($0) ? $0 : " " }))
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
    default: true
    }
  }
}

extension WorkerLoop {
  /// Waits for the end of a process that was killed and belongs to nobody any more.
  func reap(_ processID: pid_t, _ end: CInt) {
    Task {
      _ = await wait(for: end, until: .max)
      waitpid(processID, nil, WNOHANG)
      close(end)
    }
  }
}
