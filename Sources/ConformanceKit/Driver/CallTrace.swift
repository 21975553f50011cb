import Glibc
import Synchronization

/// Where the name of the call under way stands: in memory for a watchdog, and, if it is given a file, in
/// there, for whoever comes after this process is dead.
package final class CallTrace: Sendable {
  private struct State {
    var call = ""
    /// Monotonic milliseconds; nil between two calls.
    var since: Int64?
  }

  private static let room = 4_096

  private let state = Mutex(State())
  private nonisolated(unsafe) let page: UnsafeMutableRawPointer?

  /// Into memory only.
  package init() { page = nil }

  /// - Parameter file: is made, or emptied.
  package init?(file: String) {
    let descriptor = open(file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard ftruncate(descriptor, Self.room) == 0,
      let page = mmap(nil, Self.room, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), page != MAP_FAILED
    else { return nil }
    self.page = page
  }

  deinit { if let page { munmap(page, Self.room) } }

  /// Makes a call under its name.
  func during<Answer>(_ call: String, _ body: () -> Answer) -> Answer {
    write(call)
    state.withLock { $0 = State(call: call, since: Self.milliseconds) }
    let answer = body()
    state.withLock { $0.since = nil }
    write("")
    return answer
  }

  private func write(_ call: String) {
    guard let page else { return }
    var call = call
    call.withUTF8 { text in
      let length = min(text.count, Self.room - 1)
      if let start = text.baseAddress { page.copyMemory(from: start, byteCount: length) }
      page.storeBytes(of: 0, toByteOffset: length, as: UInt8.self)
    }
  }

  /// The call that has been under way for longer than this; nil if there is none.
  package func overdue(_ limit: Int64) -> String? {
    state.withLock { state in
      state.since.flatMap { Self.milliseconds - $0 > limit ? state.call : nil }
    }
  }

  /// What a process that is dead left in its file.
  package static func lastCall(in file: String) -> String {
    guard let stream = fopen(file, "r") else { return "" }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: room)
    let count = fread(&bytes, 1, room, stream)
    return String(decoding: bytes.prefix(count).prefix { $0 != 0 }, as: UTF8.self)
  }

  private static var milliseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
