/// The text side of the canonical form: UTF-8 checks, JSON escapes, lexical forms (docs/canonical-model.md).
enum CanonicalText {
  /// Is this UTF-8 without the bytes below `floor`? ASCII is decided eight bytes at a time.
  static func isText(_ bytes: UnsafeRawBufferPointer, noByteBelow floor: UInt8) -> Bool {
    var index = 0
    var isASCII = true
    while index + 8 <= bytes.count {
      // In bounds: index + 8 <= count.
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { isASCII = false }
      if hasByte(in: word, below: floor) { break }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < floor { return false }
      if byte >= 0x80 { isASCII = false }
      index += 1
    }
    if isASCII { return true }
    return isUTF8(bytes)
  }

  static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let span = Span<UInt8>(_unsafeBytes: bytes)
    return (try? UTF8Span(validating: span)) != nil
  }

  /// May mark falsely where a byte is not ASCII: then the slow loop decides.
  @inline(__always) private static func hasByte(in word: UInt64, below floor: UInt8) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    return (word &- ones &* UInt64(floor)) & ~word & (ones &* 0x80) != 0
  }

  /// Appends a JSON string. `bytes` are UTF-8.
  static func append(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var plain = 0
    for index in 0..<bytes.count {
      let byte = bytes[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[plain..<index]))
      appendEscape(byte, to: &out)
      plain = index + 1
    }
    out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[plain...]))
    out.append(UInt8(ascii: "\""))
  }

  private static func appendEscape(_ byte: UInt8, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
    case 0x08: out.append(UInt8(ascii: "b"))
    case 0x09: out.append(UInt8(ascii: "t"))
    case 0x0A: out.append(UInt8(ascii: "n"))
    case 0x0C: out.append(UInt8(ascii: "f"))
    case 0x0D: out.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      out.append(contentsOf: Array("u00".utf8))
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 0xF)])
    }
  }
}
