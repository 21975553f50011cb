import Glibc
import WorkerProtocol

/// What has come from a worker, until it is a whole frame. Memory grows with what was sent, not with what was
/// announced.
final class FrameInbox {
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
  /// The bytes that have come and are not yet used.
  private var filled = 0..<0

  deinit { buffer.deallocate() }

  struct Frame {
    var header: FrameHeader
    /// Valid until more is received.
    var payload: UnsafeRawBufferPointer
  }

  enum Arrival { case some, nothing, ended }

  /// Takes what there is.
  func receive(from socket: CInt) -> Arrival {
    makeRoom()
    while true {
      let place = buffer.baseAddress.map { $0 + filled.upperBound }
      let count = recv(socket, place, buffer.count - filled.upperBound, CInt(MSG_DONTWAIT))
      if count > 0 {
        filled = filled.lowerBound..<filled.upperBound + count
        return .some
      }
      if count == 0 { return .ended }
      if errno == EAGAIN { return .nothing }
      if errno != EINTR { return .ended }
    }
  }

  /// The next whole frame; nil if there is none yet.
  ///
  /// - Throws: what is wrong with its header.
  func next() throws(WireError) -> Frame? {
    guard filled.count >= FrameHeader.byteCount else { return nil }
    let bytes = UnsafeRawBufferPointer(rebasing: buffer[filled])
    let header = try FrameHeader(RawSpan(_unsafeBytes: bytes))
    let end = FrameHeader.byteCount + header.length
    guard bytes.count >= end else { return nil }
    filled = filled.lowerBound + end..<filled.upperBound
    return Frame(
      header: header, payload: UnsafeRawBufferPointer(rebasing: bytes[FrameHeader.byteCount..<end]))
  }

  var isEmpty: Bool { filled.isEmpty }
  /// Bytes of memory held.
  var capacity: Int { buffer.count }

  /// Room behind what has come: by moving it to the front, else by doubling.
  private func makeRoom() {
    if filled.isEmpty {
      filled = 0..<0
      // A large page is not kept room for.
      if buffer.count > 4 << 20 { replace(with: 256 << 10) }
    } else if filled.upperBound == buffer.count {
      replace(with: filled.lowerBound > buffer.count / 2 ? buffer.count : 2 * buffer.count)
    }
  }

  private func replace(with size: Int) {
    let other = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    other.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[filled]))
    filled = 0..<filled.count
    buffer.deallocate()
    buffer = other
  }
}
