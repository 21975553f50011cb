import Glibc

/// A client made of one socket and a buffer: it sees exactly what the server sends.
final class SocketClient {
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  struct Answer {
    var status: Int
    var head: String
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
      for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix(name + ":") {
        return String(line.dropFirst(name.utf8.count + 1).drop { $0 == " " })
      }
      return nil
    }
  }

  init?(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    // A server that never answers must fail the test and not hang it.
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
    }
    if status != 0 { return nil }
  }

  deinit { close(descriptor) }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  func get(_ target: String, token: String? = nil, headers: String = "Accept: application/json\r\n") -> Answer? {
    let bearer = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    send("GET \(target) HTTP/1.1\r\nHost: simulator\r\n\(bearer)\(headers)\r\n")
    return receive()
  }

  func post(_ target: String, headers: String, body: String) -> Answer? {
    send("POST \(target) HTTP/1.1\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
    return receive()
  }

  /// One answer; its body as long as Content-Length says, or to the end of the connection. nil: no head came.
  func receive() -> Answer? {
    while headEnd == nil { if !fill() { return nil } }
    guard let end = headEnd else { return nil }
    let head = String(decoding: buffer[..<end], as: UTF8.self)
    buffer.removeFirst(end + 4)
    var answer = Answer(status: Int(head.split(separator: " ")[1]) ?? 0, head: head, body: [])
    let length = answer.header("content-length").flatMap { Int($0) }
    while length.map({ buffer.count < $0 }) ?? true { if !fill() { break } }
    let taken = min(buffer.count, length ?? buffer.count)
    answer.body = Array(buffer[..<taken])
    buffer.removeFirst(taken)
    return answer
  }

  /// True if the server has closed and nothing is left.
  func isAtEnd() -> Bool { buffer.isEmpty && !fill() }

  private var headEnd: Int? {
    guard buffer.count >= 4 else { return nil }
    return (0...buffer.count - 4).first { Array(buffer[$0..<$0 + 4]) == [13, 10, 13, 10] }
  }

  private func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let got = recv(descriptor, &chunk, chunk.count, 0)
    guard got > 0 else { return false }
    buffer += chunk[..<got]
    return true
  }
}
