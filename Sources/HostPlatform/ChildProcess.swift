import CHostShim
import Glibc

/// A child process whose standard output is read line by line here. Its standard input is /dev/null, its
/// standard error ours, and it inherits no other descriptor and no signal setting.
package final class ChildProcess {
  /// How a process ended.
  package enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  package let processID: Int32
  private let output: Int32
  private var pending: [UInt8] = []
  private var atEnd = false
  private var ending: Ending?
  /// What it used, from the moment on when its end was waited for.
  package private(set) var usage: ProcessUsage?

  /// - Parameter arguments: without the executable's own name.
  package init(_ executable: String, _ arguments: [String]) throws(PlatformError) {
    var ends: [Int32] = [-1, -1]
    guard homeroom_pipe(&ends) == 0 else { throw PlatformError("make a pipe for \(executable)") }
    output = ends[0]
    defer { close(ends[1]) }
    do {
      processID = try Self.spawn(executable, arguments, output: ends[1])
    } catch {
      close(ends[0])
      throw error
    }
  }

  deinit {
    if ending == nil { stop() }
    close(output)
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], output: Int32
  ) throws(PlatformError) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    // Everything from 3 on, whoever opened it and with whatever flags.
    homeroom_spawn_closes_from(&actions, 3)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Ctrl-C at the terminal is for us; we stop the child when we are done.
    homeroom_spawn_in_own_group(&attributes)
    var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var processID: pid_t = 0
    let code = posix_spawn(&processID, executable, &actions, &attributes, words, environ)
    guard code == 0 else { throw PlatformError("start \(executable)", code: code) }
    return processID
  }

  /// The next line of its output without the line feed; nil at the end, or when none came in time.
  package func readLine(timeoutMilliseconds: Int64) -> String? {
    let deadline = SystemClock.monotonicMilliseconds + timeoutMilliseconds
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeSubrange(...end)
        return line
      }
      guard !atEnd, readMore(until: deadline) else { return nil }
    }
  }

  /// Asks it to end (SIGTERM), insists after five seconds (SIGKILL), and answers how it ended.
  @discardableResult
  package func stop() -> Ending {
    if let ending { return ending }
    kill(processID, SIGTERM)
    // Its output ends when it does; nobody else holds the other side.
    let deadline = SystemClock.monotonicMilliseconds + 5_000
    while !atEnd, readMore(until: deadline) { pending.removeAll() }
    if !atEnd { kill(processID, SIGKILL) }
    return wait()
  }

  /// Waits for its end.
  package func wait() -> Ending {
    if let ending { return ending }
    var status: Int32 = 0
    var used = rusage()
    while wait4(processID, &status, 0, &used) < 0 {
      // ECHILD: somebody else took its status; it is gone all the same.
      if errno != EINTR { break }
    }
    usage = ProcessUsage(used)
    let signal = status & 0x7F
    let found: Ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    ending = found
    return found
  }

  /// False when nothing came in time.
  private func readMore(until deadline: Int64) -> Bool {
    while true {
      let left = deadline - SystemClock.monotonicMilliseconds
      guard left > 0 else { return false }
      var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(clamping: left))
      if ready == 0 { return false }
      if ready < 0 {
        if errno == EINTR { continue }
        return false
      }
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = read(output, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { atEnd = true } else { pending += chunk[..<count] }
      return true
    }
  }
}
