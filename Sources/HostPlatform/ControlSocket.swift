import CHostShim
import Dispatch
import Glibc
import Synchronization

/// A Unix-domain socket by which commands on this machine talk to a running host: one line asked, one line answered.
///
/// Only processes of the same user, or of root, are heard (unix(7), SO_PEERCRED); the file has mode 0600.
package final class ControlSocket: @unchecked Sendable {
  // Unchecked: everything is set in `init`; the descriptor is closed once, in `close`, after the accepting thread ended.

  /// A request is a few words; a longer line is none.
  package static let maximumRequestBytes = 64 << 10
  /// The list of a thousand providers fits many times.
  package static let maximumAnswerBytes = 16 << 20
  private static let requestSeconds = 10
  private static let maximumConnections = 16

  package let path: String
  private let listener: Int32
  private let places = DispatchSemaphore(value: ControlSocket.maximumConnections)
  private let connections = DispatchQueue(label: "control", attributes: .concurrent)

  /// Binds and listens. A socket file that a dead host left is taken over; one that is answered is not.
  ///
  /// - Throws: `PlatformError` with EADDRINUSE if another host listens there.
  package init(path: String) throws(PlatformError) {
    self.path = path
    var address = try Self.address(path)
    if let other = try? Self.connected(path) {
      Glibc.close(other)
      throw PlatformError("listen on \(path), where another host does already", code: EADDRINUSE)
    }
    unlink(path)
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0 else { throw PlatformError("make a socket for \(path)") }
    // Before anybody can connect: the mode is that of the process until chmod.
    let mask = umask(0o177)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    umask(mask)
    guard bound == 0, listen(listener, 16) == 0 else {
      let error = PlatformError("listen on \(path)")
      Glibc.close(listener)
      throw error
    }
  }

  /// Answers lines until `close`.
  package func serve(_ answer: @escaping @Sendable (String) async -> String) {
    let accepting = DispatchQueue(label: "control-accept")
    accepting.async { [self] in
      while true {
        let connection = homeroom_accept(listener)
        if connection < 0 {
          if errno == EINTR || errno == ECONNABORTED { continue }
          return
        }
        places.wait()
        connections.async { [self] in
          defer {
            Glibc.close(connection)
            places.signal()
          }
          guard Self.isOurs(connection),
            let line = Self.readLine(connection, most: Self.maximumRequestBytes, seconds: Self.requestSeconds)
          else { return }
          Self.write(connection, Self.waiting { await answer(line) } + "\n")
        }
      }
    }
  }

  package func close() {
    unlink(path)
    // Wakes the accepting thread, which then ends.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  deinit { Glibc.close(listener) }

  /// Asks a running host. Nil where none listens.
  ///
  /// - Throws: where one listens and does not answer within `seconds`.
  package static func ask(_ path: String, _ request: String, seconds: Int = 120) throws(PlatformError) -> String? {
    guard let connection = try? connected(path) else { return nil }
    defer { Glibc.close(connection) }
    write(connection, request + "\n")
    guard let answer = readLine(connection, most: maximumAnswerBytes, seconds: seconds) else {
      throw PlatformError("get an answer of the host at \(path)")
    }
    return answer
  }

  /// The connection's own thread waits; no thread of Swift's pool does.
  private static func waiting(_ body: @escaping @Sendable () async -> String) -> String {
    let done = DispatchSemaphore(value: 0)
    let answer = Mutex("")
    Task {
      let text = await body()
      answer.withLock { $0 = text }
      done.signal()
    }
    done.wait()
    return answer.withLock { $0 }
  }

  // MARK: - Sockets

  private static func address(_ path: String) throws(PlatformError) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard bytes.count < room else {
      throw PlatformError("use the socket \(path), whose path has more than \(room - 1) bytes", code: ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
  }

  private static func connected(_ path: String) throws(PlatformError) -> Int32 {
    var address = try address(path)
    let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard connection >= 0 else { throw PlatformError("make a socket for \(path)") }
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else {
      let error = PlatformError("connect to \(path)")
      Glibc.close(connection)
      throw error
    }
    return connection
  }

  private static func isOurs(_ connection: Int32) -> Bool {
    let peer = homeroom_peer_user(connection)
    return peer == Int64(geteuid()) || peer == 0
  }

  /// A line without its line feed; nil if there is none within the bound or the time.
  private static func readLine(_ connection: Int32, most: Int, seconds: Int) -> String? {
    var line: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while line.count <= most {
      var poll = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, Int32(clamping: seconds * 1000)) > 0 else { return nil }
      let count = read(connection, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      line += chunk[..<count]
      if let end = line.firstIndex(of: UInt8(ascii: "\n")) { return String(validating: line[..<end], as: UTF8.self) }
    }
    return nil
  }

  private static func write(_ connection: Int32, _ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
