import Foundation

/// A canonical text with its signatures, as a trailer and a revocation list hold it:
///
/// ```
/// key=value                    the canonical text (LineRecord), which is what is signed
/// ...
///                              an empty line
/// KEYID BASE64KEY BASE64SIG    one line a signature, 1 to 8, sorted by key id, no key twice
/// ```
struct SignedText: Sendable, Equatable {
  static let maximumSignatures = 8

  var record: LineRecord
  private(set) var signatures: [Signature]

  init(_ record: LineRecord) {
    self.record = record
    signatures = []
  }

  /// - Returns: nil for what is not exactly such a text. Nothing is verified.
  init?(parsing bytes: some Collection<UInt8>) {
    let all = Array(bytes)
    guard all.last == UInt8(ascii: "\n"),
      let gap = all.indices.dropLast().first(where: { all[$0] == 0x0A && all[$0 + 1] == 0x0A }),
      let record = LineRecord(canonical: all[...gap])
    else { return nil }
    let lines = all[(gap + 2)...].dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
    guard (1...Self.maximumSignatures).contains(lines.count) else { return nil }
    self.record = record
    signatures = []
    for line in lines {
      guard let signature = Self.signature(line) else { return nil }
      if let last = signatures.last, signature.key.id <= last.key.id { return nil }
      signatures.append(signature)
    }
  }

  private static func signature(_ line: ArraySlice<UInt8>) -> Signature? {
    guard line.count <= 256 else { return nil }
    let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, let id = KeyID(words[0]), let key = PublicKey(base64: words[1]), key.id == id,
      let data = Data(base64Encoded: String(words[2])), data.count == 64,
      data.base64EncodedString() == words[2]
    else { return nil }
    return Signature(key: key, bytes: Array(data))
  }

  /// Adds a signature; one of the same key gives way to it.
  ///
  /// - Returns: false if there would be too many.
  mutating func add(_ signature: Signature) -> Bool {
    var all = signatures.filter { $0.key.id != signature.key.id } + [signature]
    guard all.count <= Self.maximumSignatures else { return false }
    all.sort { $0.key.id < $1.key.id }
    signatures = all
    return true
  }

  var text: String {
    record.text + "\n"
      + signatures.map { "\($0.key.id) \($0.key.base64) \(Data($0.bytes).base64EncodedString())\n" }.joined()
  }

  /// Is every signature good? One that is not means that something was changed.
  func isIntact(for domain: SignatureDomain) -> Bool {
    let signed = Array(record.text.utf8)
    return signatures.allSatisfy { $0.key.verifies($0.bytes, of: signed, for: domain) }
  }
}
