/// Scheme, host and port of an `http` or `https` URL: what a credential may be sent to (RFC 6454).
package struct HTTPOrigin: Sendable, Hashable, CustomStringConvertible {
  package let scheme: String
  /// Lower case; an IPv6 address keeps its brackets.
  package let host: String
  package let port: Int

  package var description: String {
    port == (scheme == "https" ? 443 : 80) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
  }

  /// Nil for anything but an absolute http(s) URL with a host and without user information.
  package init?(url: String) {
    guard let scheme = ["https", "http"].first(where: { Self.begins(url, with: $0 + "://") }) else { return nil }
    let rest = url.utf8.dropFirst(scheme.utf8.count + 3)
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    guard authority.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "@") })
    else { return nil }
    var host = authority
    var port = scheme == "https" ? 443 : 80
    let isBracketed = authority.first == UInt8(ascii: "[")
    if let colon = authority.lastIndex(of: UInt8(ascii: ":")), authority.last != UInt8(ascii: "]") {
      guard let number = Int(Substring(authority[authority.index(after: colon)...])), (1...65_535).contains(number)
      else { return nil }
      host = authority[..<colon]
      port = number
    }
    guard !host.isEmpty, isBracketed == (host.last == UInt8(ascii: "]")),
      isBracketed || !host.contains(UInt8(ascii: ":"))
    else { return nil }
    self.scheme = scheme
    self.host = Substring(host).lowercased()
    self.port = port
  }

  /// - Parameter start: in lower case.
  private static func begins(_ url: String, with start: String) -> Bool {
    url.utf8.prefix(start.utf8.count).elementsEqual(start.utf8) { $0 == $1 || ($0 | 0x20 == $1 && $0 >= 0x41) }
  }
}
