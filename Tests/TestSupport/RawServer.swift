import Foundation
import Glibc

/// A server made of sockets that does exactly what a test says, also what no HTTP server would.
///
/// Each connection runs `serve` on a thread of its own, and is closed when that returns.
package final class RawServer: @unchecked Sendable {
  // Unchecked: `heads` and `accepted` are read and written under `lock`.
  package let port: UInt16
  private let listener: Int32
  private let lock = NSLock()
  private var heads: [String] = []
  private var accepted = 0

  package struct Failure: Error {}

  /// - Parameter backlog: connections that may wait for `serve`.
  package init(backlog: Int32 = 128, _ serve: @escaping @Sendable (RawPeer) -> Void) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(listener, raw, length) == 0 && listen(listener, backlog) == 0
          && getsockname(listener, raw, &length) == 0
      }
    }
    guard status else { throw Failure() }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    let thread = Thread { [weak self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        guard let self else {
          _ = close(descriptor)
          return
        }
        let number = lock.withLock {
          accepted += 1
          return accepted
        }
        let peer = RawPeer(descriptor, number: number) { head in
          self.lock.withLock { self.heads.append(head) }
        }
        Thread {
          serve(peer)
          peer.close()
        }.start()
      }
    }
    thread.start()
  }

  /// Reads one request after another of each connection, and answers each with the same bytes.
  ///
  /// - Parameter closes: ends the connection behind each answer.
  package convenience init(answering bytes: [UInt8], closes: Bool = false) throws {
    try self.init { peer in
      while peer.readRequest() != nil {
        guard peer.send(bytes), !closes else { return }
      }
    }
  }

  package convenience init(answering text: String, closes: Bool = false) throws {
    try self.init(answering: Array(text.utf8), closes: closes)
  }

  deinit {
    // `accept` of the other thread ends.
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  package var url: String { "http://127.0.0.1:\(port)" }
  /// Connections that were taken so far.
  package var connections: Int { lock.withLock { accepted } }
  /// The requests that were read so far, each with its body.
  package var requests: [String] { lock.withLock { heads } }
}
