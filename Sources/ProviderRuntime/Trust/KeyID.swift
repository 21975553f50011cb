/// The name of a key: the first 8 bytes of SHA-256 of its 32 bytes, in hex.
package struct KeyID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let description: String

  /// Nil for anything but 16 lower-case hex digits.
  package init?(_ text: some StringProtocol) {
    guard Hex.isText(text, bytes: 8) else { return nil }
    description = String(text)
  }

  init(of key: [UInt8]) {
    description = Hex.text(key.withUnsafeBytes { FileDigest.bytes(of: $0) }.prefix(8))
  }

  package static func < (a: KeyID, b: KeyID) -> Bool { a.description < b.description }
}
