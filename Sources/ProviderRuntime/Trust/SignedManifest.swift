import HostModel

/// What the signers of a provider vouch for: which provider it is, and its very bytes.
package struct SignedManifest: Sendable, Equatable {
  /// The version of this form.
  static let format = "1"

  package var id: String
  package var version: String
  /// `1.0`
  package var abi: String
  /// `linux-x86_64`
  package var platform: String
  /// SHA-256 of the library without its trailer, in hex, and how many bytes that are.
  package var digest: String
  package var size: Int
  package var created: HostInstant
  /// From then on the file is not taken any more. Nil: it has no end.
  package var notAfter: HostInstant?

  #if arch(x86_64)
    package static let platform = "linux-x86_64"
  #elseif arch(arm64)
    package static let platform = "linux-aarch64"
  #endif

  private static let keys = ["abi", "created", "format", "id", "platform", "sha256", "size", "version"]

  init(
    id: String, version: String, abi: String, digest: String, size: Int, created: HostInstant,
    notAfter: HostInstant?
  ) {
    (self.id, self.version, self.abi, platform) = (id, version, abi, Self.platform)
    (self.digest, self.size) = (digest, size)
    (self.created, self.notAfter) = (TrustMoment.whole(created), notAfter.map(TrustMoment.whole))
  }

  /// - Returns: nil if a line lacks, is unknown, or has a value that is none.
  init?(_ record: LineRecord) {
    let known = Set(Self.keys + ["notAfter"])
    guard Self.keys.allSatisfy({ record[$0] != nil }), Set(record.values.keys).isSubset(of: known),
      record["format"] == Self.format, let id = record["id"], let version = record["version"],
      let abi = record["abi"], let platform = record["platform"], let digest = record["sha256"],
      Hex.isText(digest, bytes: 32), let size = record["size"].flatMap({ Int($0) }), size > 0,
      let created = record["created"].flatMap(TrustMoment.parse)
    else { return nil }
    var notAfter: HostInstant?
    if let text = record["notAfter"] {
      guard let end = TrustMoment.parse(text) else { return nil }
      notAfter = end
    }
    (self.id, self.version, self.abi, self.platform) = (id, version, abi, platform)
    (self.digest, self.size, self.created, self.notAfter) = (digest, size, created, notAfter)
  }

  var record: LineRecord {
    var values = [
      "abi": abi, "created": TrustMoment.text(created), "format": Self.format, "id": id, "platform": platform,
      "sha256": digest, "size": String(size), "version": version,
    ]
    values["notAfter"] = notAfter.map(TrustMoment.text)
    return LineRecord(values)
  }
}
