import Foundation
import Glibc

/// The server's end of one connection.
package final class RawPeer: @unchecked Sendable {
  // Unchecked: used by the one thread that serves the connection.
  /// From 1, in the order in which connections came.
  package let number: Int
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private let note: (String) -> Void

  init(_ descriptor: Int32, number: Int, note: @escaping (String) -> Void) {
    self.descriptor = descriptor
    self.number = number
    self.note = note
  }

  /// The next request, with its body as long as Content-Length says; nil at the end of the connection.
  package func readRequest() -> String? {
    var separator = buffer.firstRange(of: Array("\r\n\r\n".utf8))
    while separator == nil {
      guard fill() else { return nil }
      separator = buffer.firstRange(of: Array("\r\n\r\n".utf8))
    }
    guard let end = separator?.upperBound else { return nil }
    let head = String(decoding: buffer[..<end], as: UTF8.self)
    let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
    let length = line.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
    while buffer.count < end + length { guard fill() else { return nil } }
    let request = String(decoding: buffer[..<(end + length)], as: UTF8.self)
    buffer.removeFirst(end + length)
    note(request)
    return request
  }

  /// False if the client is gone.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let wrote = bytes[done...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard wrote > 0 else { return false }
      done += wrote
    }
    return true
  }

  @discardableResult
  package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Waits until the client closes its end.
  package func waitForEnd() { while fill() {} }

  package func close() {
    guard descriptor >= 0 else { return }
    // What the client sent and nobody read would turn the close into a reset.
    shutdown(descriptor, Int32(SHUT_WR))
    Glibc.close(descriptor)
    descriptor = -1
  }

  /// Ends the connection with RST.
  package func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    Glibc.close(descriptor)
    descriptor = -1
  }

  private func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let got = recv(descriptor, &chunk, chunk.count, 0)
    guard got > 0 else { return false }
    buffer += chunk[..<got]
    return true
  }
}
