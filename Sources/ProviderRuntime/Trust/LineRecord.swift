/// A text of `key=value` lines, each ended by one line feed: the form of all that is signed, and of the trust folder's files.
///
/// In its canonical form, the only one that is ever signed, the lines are sorted by key (by byte), every key is there once,
/// and nothing else is there. Bounded: 1,024 lines, 128 KiB.
struct LineRecord: Sendable, Equatable {
  static let maximumBytes = 128 << 10
  static let maximumLines = 1_024

  private(set) var values: [String: String]

  init(_ values: [String: String]) { self.values = values }

  /// Reads lines in any order; empty ones and those that begin with `#` are left out.
  ///
  /// - Returns: nil for what is not such a text.
  init?(parsing bytes: some Collection<UInt8>) {
    guard bytes.count <= Self.maximumBytes, let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    values = [:]
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")), equals > line.startIndex,
        values.count < Self.maximumLines
      else { return nil }
      let key = Substring(line[..<equals])
      let value = Substring(line[line.index(after: equals)...])
      guard key.utf8.allSatisfy(Self.isKeyByte), !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }),
        values.updateValue(String(value), forKey: String(key)) == nil
      else { return nil }
    }
  }

  /// Reads a text that must be in canonical form.
  init?(canonical bytes: some Collection<UInt8>) {
    guard let record = LineRecord(parsing: bytes), record.text.utf8.elementsEqual(bytes) else { return nil }
    self = record
  }

  /// `[A-Za-z0-9.@_+-]`
  private static func isKeyByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || [0x2E, 0x40, 0x5F, 0x2B, 0x2D].contains(byte)
  }

  /// The canonical text.
  var text: String {
    values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\($0.key)=\($0.value)\n" }
      .joined()
  }

  subscript(_ key: String) -> String? { values[key] }
}
