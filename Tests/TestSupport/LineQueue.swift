import Foundation

/// Lines as they arrive on a pipe, read by a thread of its own; `next` blocks until there is one.
final class LineQueue: @unchecked Sendable {
  // Unchecked: every stored property is read and written under `condition`.
  private let condition = NSCondition()
  private var bytes = Data()
  private var isAtEnd = false

  func read(_ handle: FileHandle) {
    let thread = Thread { [self] in
      while true {
        let chunk = handle.availableData
        condition.lock()
        if chunk.isEmpty { isAtEnd = true } else { bytes.append(chunk) }
        condition.broadcast()
        condition.unlock()
        if chunk.isEmpty { return }
      }
    }
    thread.start()
  }

  func next() -> String? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: bytes[bytes.startIndex..<end], as: UTF8.self)
        bytes = Data(bytes[(end + 1)...])
        return line
      }
      if isAtEnd {
        guard !bytes.isEmpty else { return nil }
        defer { bytes = Data() }
        return String(decoding: bytes, as: UTF8.self)
      }
      condition.wait()
    }
  }

  /// Everything up to the end of the pipe that no one took.
  func rest() -> Data {
    condition.lock()
    defer { condition.unlock() }
    while !isAtEnd { condition.wait() }
    defer { bytes = Data() }
    return bytes
  }
}
