import HostModel

/// What is not trusted any more, whoever signed it: the file `revocations` of the trust folder, a signed text
/// (SignedText, domain `homeroom-revocations-v1`). Its lines:
///
/// ```
/// created=2026-11-24T06:00:00Z
/// file.SHA256=why                  a file, by the digest of the whole or of the library without its signature
/// format=1
/// key.KEYID=why                    a key: nothing that it alone signed loads
/// number=7                         rises with every list; a lower one is refused
/// version.ID@1.0.0..1.3.9=why      versions of a provider, both ends included; or ID@VERSION
/// ```
package struct RevocationList: Sendable, Equatable {
  package enum Subject: Sendable, Hashable {
    case key(KeyID)
    case file(String)
    case versions(id: String, from: String, to: String)

    /// The first word of its line, as `trust revoke` takes it too.
    package var description: String {
      switch self {
      case .key(let id): "key.\(id)"
      case .file(let digest): "file.\(digest)"
      case .versions(let id, let from, let to): "version.\(id)@" + (from == to ? from : "\(from)..\(to)")
      }
    }

    /// - Returns: nil for a word that names none.
    package init?(_ text: String) {
      guard let dot = text.firstIndex(of: ".") else { return nil }
      let rest = text[text.index(after: dot)...]
      switch text[..<dot] {
      case "key":
        guard let id = KeyID(rest) else { return nil }
        self = .key(id)
      case "file":
        guard Hex.isText(rest, bytes: 32) else { return nil }
        self = .file(String(rest))
      case "version":
        guard let at = rest.firstIndex(of: "@") else { return nil }
        let (id, range) = (String(rest[..<at]), rest[rest.index(after: at)...])
        let ends = range.components(at: "..")
        guard TrustedKey.patterns(id) == [id], !id.hasSuffix("*"), (1...2).contains(ends.count),
          let from = ends.first,
          let to = ends.last, !from.isEmpty, !to.isEmpty, !(ProviderVersion(to) < ProviderVersion(from))
        else { return nil }
        self = .versions(id: id, from: from, to: to)
      default: return nil
      }
    }
  }

  package var number: Int64
  package var created: HostInstant
  /// Why each is on the list.
  package var reasons: [Subject: String]
  var signed: SignedText

  static let format = "1"

  /// - Returns: nil for a text that is no list. No signature is verified.
  init?(parsing bytes: some Collection<UInt8>) {
    guard let signed = SignedText(parsing: bytes), signed.record["format"] == Self.format,
      let number = signed.record["number"].flatMap({ Int64($0) }), number > 0,
      let created = signed.record["created"].flatMap(TrustMoment.parse)
    else { return nil }
    reasons = [:]
    for (key, reason) in signed.record.values where !["format", "number", "created"].contains(key) {
      // A line that this host does not understand may be the one that matters.
      guard let subject = Subject(key) else { return nil }
      reasons[subject] = reason
    }
    (self.number, self.created, self.signed) = (number, created, signed)
  }

  /// A list to be signed.
  ///
  /// - Throws: `key-unusable`, `revocations-unusable` for too many lines.
  package init(
    number: Int64, created: HostInstant, reasons: [Subject: String], signedBy key: SigningKey
  ) throws(HostError) {
    var values = ["format": Self.format, "number": String(number), "created": TrustMoment.text(created)]
    for (subject, reason) in reasons { values[subject.description] = reason }
    let record = LineRecord(values)
    guard LineRecord(canonical: Array(record.text.utf8)) == record else {
      throw HostError(
        .configuration, "revocations-unusable",
        "The list has too many lines, or a reason with a control character in it",
        advice: "Shorten it; a list has at most \(LineRecord.maximumLines) lines")
    }
    signed = SignedText(record)
    _ = signed.add(try key.sign(Array(record.text.utf8), for: .revocations))
    (self.number, self.created, self.reasons) = (number, TrustMoment.whole(created), reasons)
  }

  package var text: String { signed.text }

  /// Why a provider is revoked, whoever signed it.
  ///
  /// - Parameter digests: of the whole file, and of the library without its signature.
  func reason(id: String, version: String, digests: [String]) -> String? {
    let version = ProviderVersion(version)
    for (subject, reason) in reasons.sorted(by: { $0.key.description < $1.key.description }) {
      switch subject {
      case .key: continue
      case .file(let digest): if digests.contains(digest) { return reason }
      case .versions(id, let from, let to):
        if !(version < ProviderVersion(from)), !(ProviderVersion(to) < version) { return reason }
      case .versions: continue
      }
    }
    return nil
  }

  func reason(_ key: KeyID) -> String? { reasons[.key(key)] }
}

extension Substring {
  /// The parts between each two places where `separator` stands.
  fileprivate func components(at separator: String) -> [String] {
    var parts: [String] = []
    var rest = self
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
