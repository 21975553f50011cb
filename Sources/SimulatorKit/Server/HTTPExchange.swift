/// A request, read and bounded: the target split at `?`, path segments and query decoded.
package struct HTTPRequestHead: Sendable {
  package var method: String
  package var target: String
  package var segments: [String]
  package var query: [(name: String, value: String)]
  /// Names in lower case.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8] = []

  package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
  func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

  package init(
    method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    segments = (halves.first ?? "").split(separator: "/").map { Self.decoded($0) }
    query = []
    guard halves.count > 1 else { return }
    for item in halves[1].split(separator: "&") {
      let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      query.append((Self.decoded(pair[0]), pair.count > 1 ? Self.decoded(pair[1], plusIsSpace: true) : ""))
    }
  }

  /// Undoes percent encoding; what is not valid stays as it came.
  static func decoded(_ text: Substring, plusIsSpace: Bool = false) -> String {
    guard text.utf8.contains(where: { $0 == 0x25 || $0 == 0x2B }) else { return String(text) }
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var at = 0
    while at < source.count {
      if source[at] == 0x25, at + 2 < source.count, let high = hex(source[at + 1]), let low = hex(source[at + 2]) {
        bytes.append(high << 4 | low)
        at += 3
      } else {
        bytes.append(plusIsSpace && source[at] == 0x2B ? 0x20 : source[at])
        at += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}

/// An answer on its way out. The body's memory is reused from one answer to the next.
package final class HTTPAnswer {
  package var status = 200
  package var contentType: StaticString = "application/json;charset=UTF-8"
  package var headers: [(name: StaticString, value: String)] = []
  package let body = ByteBuffer(capacity: 1 << 16)
  /// For the log: which token the request bore.
  package var token = ""

  package init() {}

  package func clear() {
    status = 200
    contentType = "application/json;charset=UTF-8"
    headers = []
    token = ""
    body.clear()
  }
}

/// Something that answers requests; called from many threads at a time.
package protocol HTTPService: Sendable {
  func answer(_ request: HTTPRequestHead, into answer: HTTPAnswer)
  /// A 401 was injected: forget the token that the request bore.
  func revoke(_ request: HTTPRequestHead)
}
