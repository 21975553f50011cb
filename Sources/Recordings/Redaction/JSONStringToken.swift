/// What stands between the quotes of a JSON string.
enum JSONStringToken {
  /// Nil for a broken escape.
  static func decoded(_ raw: ArraySlice<UInt8>) -> String? {
    guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
    var bytes: [UInt8] = []
    var rest = raw
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "u"):
        guard let scalar = escape(&rest) else { return nil }
        bytes += Array(String(scalar).utf8)
      case let sign?
      where sign == UInt8(ascii: "\"") || sign == UInt8(ascii: "\\") || sign == UInt8(ascii: "/"):
        bytes.append(sign)
      default: return nil
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Four digits behind `\u`, and those of the second half of a pair; half a pair is U+FFFD.
  private static func escape(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let first = unit(&rest) else { return nil }
    if let scalar = Unicode.Scalar(first) { return scalar }
    var ahead = rest
    guard first < 0xDC00, ahead.popFirst() == UInt8(ascii: "\\"), ahead.popFirst() == UInt8(ascii: "u"),
      let second = unit(&ahead), (0xDC00...0xDFFF).contains(second)
    else { return "\u{FFFD}" }
    rest = ahead
    return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) - 0xDC00)
  }

  private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
    let digits = rest.prefix(4)
    guard digits.count == 4, let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
      return nil
    }
    rest = rest.dropFirst(4)
    return value
  }

  /// - Parameter raw: the token whose place it takes: one with `\u` escapes is escaped whole.
  static func encoded(_ text: String, like raw: ArraySlice<UInt8>) -> [UInt8] {
    let pairs = zip(raw, raw.dropFirst())
    let escapesAll = pairs.contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "u") }
    let escapesSlash = pairs.contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "/") }
    var out: [UInt8] = []
    for unit in text.utf16 where escapesAll { out += escaped(unit) }
    if escapesAll { return out }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "/") where escapesSlash: out += [UInt8(ascii: "\\"), byte]
      case ..<0x20: out += escaped(UInt16(byte))
      default: out.append(byte)
      }
    }
    return out
  }

  private static func escaped(_ unit: UInt16) -> [UInt8] {
    Array("\\u".utf8) + Array(RedactionKey.hex([UInt8(unit >> 8), UInt8(unit & 0xFF)]).utf8)
  }
}
