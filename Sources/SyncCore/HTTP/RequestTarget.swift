import HostModel

/// Turns a provider's target into a URL, and refuses what leads elsewhere: a provider may only reach the base
/// URL's origin and the hosts that its manifest names (plugin-hosts.md 1.17 rule 16).
package enum RequestTarget {
  /// - Throws: a `HostError` that names the target's origin and what is allowed.
  package static func resolve(
    _ target: String, baseURL: String, allowedHosts: [String]
  ) throws(HostError) -> String {
    guard target.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw refused("holds a character that is not allowed in a URL")
    }
    if target.hasPrefix("/") {
      var base = baseURL[...]
      while base.hasSuffix("/") { base.removeLast() }
      return base + target
    }
    guard let origin = HTTPOrigin(url: target), let home = HTTPOrigin(url: baseURL) else {
      throw refused("is neither a path nor an absolute http(s) URL")
    }
    let isAllowed = allowedHosts.contains { $0.lowercased() == origin.host }
    guard origin == home || (isAllowed && origin.scheme == home.scheme) else {
      throw refused("leads to \(origin), which is neither \(home) nor one of the manifest's allowedHosts")
    }
    return target
  }

  private static func refused(_ why: String) -> HostError {
    HostError(
      .provider, "foreign-target", "The provider asked for a URL that \(why)",
      advice: "If the SIS has moved, correct baseURL; otherwise tell the provider's vendor")
  }
}
