import Glibc

/// Reads HTTP/1.1 requests from a socket, within limits; whatever comes, it never traps.
final class RequestReader {
  enum Outcome {
    case request(HTTPRequestHead, keepsAlive: Bool)
    /// The other side has closed, or nothing came in time.
    case closed
    /// A request that is answered with this status; then the connection ends.
    case refused(Int, String)
  }

  static let headLimit = 16 << 10
  static let bodyLimit = 1 << 20

  private let descriptor: Int32
  private let buffer = ByteBuffer(capacity: 8192)

  init(descriptor: Int32) { self.descriptor = descriptor }

  func next() -> Outcome {
    var searched = 0
    while true {
      if let end = headEnd(from: searched) { return parse(headLength: end) }
      guard buffer.count < Self.headLimit else { return .refused(431, "The request head is larger than 16 KiB.") }
      searched = max(0, buffer.count - 3)
      guard fill() else { return .closed }
    }
  }

  private func fill() -> Bool {
    let room = 8192
    while true {
      let got = read(descriptor, buffer.room(room), room)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return false }
      buffer.advance(got)
      return true
    }
  }

  /// The length of the head, its empty line included.
  private func headEnd(from start: Int) -> Int? {
    let bytes = buffer.bytes
    guard buffer.count >= 4 else { return nil }
    for at in start..<max(start, buffer.count - 3)
    where bytes[at] == 13 && bytes[at + 1] == 10 && bytes[at + 2] == 13 && bytes[at + 3] == 10 {
      return at + 4
    }
    return nil
  }

  private func parse(headLength: Int) -> Outcome {
    let head = UnsafeRawBufferPointer(start: buffer.bytes, count: headLength - 4)
    guard !head.contains(0) else { return .refused(400, "The request head holds a NUL.") }
    var lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)[...]
    let words = (lines.popFirst() ?? "").split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, !words[0].isEmpty, words[0].utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
      words[1].hasPrefix("/")
    else { return .refused(400, "The request line is not METHOD /target HTTP/1.1.") }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
      return .refused(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.")
    }
    var headers: [(name: String, value: String)] = []
    for line in lines {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex, !line.hasPrefix(" ") else {
        return .refused(400, "A header line has no name or no colon.")
      }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers.append((line[..<colon].lowercased(), String(value)))
    }
    var request = HTTPRequestHead(method: String(words[0]), target: String(words[1]), headers: headers)
    guard request.header("transfer-encoding") == nil else { return .refused(411, "A body needs a Content-Length.") }
    let lengths = headers.filter { $0.name == "content-length" }
    guard lengths.count <= 1, let length = Int(lengths.first?.value ?? "0"), length >= 0 else {
      return .refused(400, "Content-Length is not one number.")
    }
    guard length <= Self.bodyLimit else { return .refused(413, "The body is larger than 1 MiB.") }
    if request.header("expect")?.lowercased() == "100-continue" {
      _ = "HTTP/1.1 100 Continue\r\n\r\n".withCString { write(descriptor, $0, 25) }
    }
    while buffer.count < headLength + length {
      guard fill() else { return .closed }
    }
    request.body = Array(buffer.raw[headLength..<headLength + length])
    buffer.removeFirst(headLength + length)
    let connection = request.header("connection")?.lowercased() ?? ""
    let keeps = words[2] == "HTTP/1.1" ? connection != "close" : connection == "keep-alive"
    return .request(request, keepsAlive: keeps)
  }
}
