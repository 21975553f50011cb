import HostModel

/// A public key that the operator trusts, and how far: one file `KEYID.key` of the trust folder, in lines of `key=value`
/// (docs/trust.md, "The trust folder").
package struct TrustedKey: Sendable, Equatable {
  package var key: PublicKey
  /// In the operator's words.
  package var owner: String
  /// Ids of the providers it may sign; one that ends in `*` stands for all that begin like it.
  package var plugins: [String]
  package var from: HostInstant
  /// From then on it is not trusted any more. Nil: it has no end.
  package var until: HostInstant?
  /// May it sign revocation lists?
  package var revokes: Bool

  package init(
    key: PublicKey, owner: String, plugins: [String], from: HostInstant, until: HostInstant?, revokes: Bool
  ) {
    self.key = key
    self.owner = owner
    self.plugins = plugins
    // As its file holds it: to the second.
    self.from = TrustMoment.whole(from)
    self.until = until.map(TrustMoment.whole)
    self.revokes = revokes
  }

  /// - Returns: nil for a text that is no such file.
  init?(_ record: LineRecord) {
    let known: Set<String> = ["from", "key", "owner", "plugins", "revokes", "until"]
    guard Set(record.values.keys).isSubset(of: known),
      let key = record["key"].flatMap({ PublicKey(base64: $0) }),
      let plugins = record["plugins"].flatMap(Self.patterns),
      let from = record["from"].flatMap(TrustMoment.parse),
      ["yes", "no", nil].contains(record["revokes"])
    else { return nil }
    var until: HostInstant?
    if let text = record["until"] {
      guard let end = TrustMoment.parse(text) else { return nil }
      until = end
    }
    self.init(
      key: key, owner: record["owner"] ?? "", plugins: plugins, from: from, until: until,
      revokes: record["revokes"] == "yes")
  }

  var record: LineRecord {
    var values = [
      "from": TrustMoment.text(from), "key": key.base64, "owner": owner,
      "plugins": plugins.joined(separator: ","), "revokes": revokes ? "yes" : "no",
    ]
    values["until"] = until.map(TrustMoment.text)
    return LineRecord(values)
  }

  /// The content of its file.
  package var text: String { record.text }
  /// Is what is to be written what will be read?
  package var isWritable: Bool { LineRecord(canonical: Array(text.utf8)).flatMap { TrustedKey($0) } == self }

  /// `powerschool,oak-*` as its parts; nil if one is neither an id nor the beginning of one with a `*`.
  package static func patterns(_ text: String) -> [String]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let areGood = parts.allSatisfy { part in
      let stem = part.hasSuffix("*") ? part.dropLast() : part[...]
      return (!stem.isEmpty || part == "*") && stem.utf8.count <= 64
        && stem.utf8.allSatisfy {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
    }
    return areGood ? parts : nil
  }

  func maySign(_ id: String) -> Bool {
    plugins.contains { $0.hasSuffix("*") ? id.hasPrefix($0.dropLast()) : id == $0 }
  }

  /// Why it does not count now.
  enum Lapse: Sendable, Equatable {
    case notYetValid(HostInstant)
    case expired(HostInstant)
  }

  /// "valid", "not-yet-valid" or "expired".
  package func state(at now: HostInstant) -> String {
    switch lapse(at: now) {
    case nil: "valid"
    case .notYetValid: TrustVerdict.State.notYetValid.rawValue
    case .expired: TrustVerdict.State.expired.rawValue
    }
  }

  func lapse(at now: HostInstant) -> Lapse? {
    if now < from { return .notYetValid(from) }
    if let until, now >= until { return .expired(until) }
    return nil
  }
}
