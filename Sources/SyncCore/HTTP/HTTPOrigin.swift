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
    let lower = url.prefix(8).lowercased()
    let scheme = lower.hasPrefix("https://") ? "https" : lower.hasPrefix("http://") ? "http" : nil
    guard let scheme else { return nil }
    let rest = url.dropFirst(scheme.utf8.count + 3)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.isEmpty, authority.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }),
      !authority.contains("@")
    else { return nil }
    var host = authority
    var port = scheme == "https" ? 443 : 80
    if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
      guard let number = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(number)
      else { return nil }
      host = authority[..<colon]
      port = number
    }
    guard !host.isEmpty, host.hasPrefix("[") == host.hasSuffix("]"), host.hasPrefix("[") || !host.contains(":")
    else { return nil }
    self.scheme = scheme
    self.host = host.lowercased()
    self.port = port
  }
}
