import Glibc
import WorkerProtocol

/// The worker's end of the socket: one frame comes, one answer goes.
struct HostConnection {
  private let descriptor: CInt
  private static let usualBytes = 256 << 10
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: usualBytes, alignment: 16)

  init(descriptor: CInt) { self.descriptor = descriptor }

  struct Frame {
    var header: FrameHeader
    /// Valid until the next is received.
    var payload: UnsafeRawBufferPointer
  }

  /// The next frame; nil when the host has gone.
  mutating func receive() -> Frame? {
    // The memory of a large page is not kept for small ones.
    if buffer.count > 4 << 20 { resize(to: Self.usualBytes, keeping: 0) }
    var received = 0
    while received < FrameHeader.byteCount {
      guard let more = receive(at: received, most: buffer.count, flags: 0) else { return nil }
      received += more
    }
    guard let header = try? FrameHeader(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(buffer))) else {
      return nil
    }
    let end = FrameHeader.byteCount + header.length
    if end > buffer.count { resize(to: end, keeping: received) }
    while received < end {
      guard let more = receive(at: received, most: end, flags: CInt(MSG_WAITALL)) else { return nil }
      received += more
    }
    // The host sends nothing more before it is answered.
    guard received == end else { return nil }
    return Frame(
      header: header, payload: UnsafeRawBufferPointer(rebasing: buffer[FrameHeader.byteCount..<end]))
  }

  private func receive(at offset: Int, most end: Int, flags: CInt) -> Int? {
    while true {
      let count = recv(descriptor, buffer.baseAddress.map { $0 + offset }, end - offset, flags)
      if count > 0 { return count }
      if count == 0 || errno != EINTR { return nil }
    }
  }

  private mutating func resize(to size: Int, keeping count: Int) {
    let other = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    other.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    buffer.deallocate()
    buffer = other
  }

  func send(_ frame: [UInt8]) { frame.withUnsafeBytes { send($0) } }

  /// Sends a whole frame; ends the process if the host has gone.
  func send(_ frame: UnsafeRawBufferPointer) {
    var rest = frame[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = write(descriptor, part.baseAddress, part.count)
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { _exit(0) }
    }
  }
}
