import CSISPlugin

/// Strings: found and proven by `string`, decoded by whoever wants the value.
extension JSONReader {
  /// Reads a string. Proves that it is well formed: UTF-8, escapes, no control characters.
  @inlinable public mutating func string() throws(JSONError) -> JSONText {
    skipSpace()
    guard at < count else { throw fail(.unexpectedEnd) }
    guard byte(at) == UInt8(ascii: "\"") else {
      _ = try peek()
      throw fail(.wrongKind)
    }
    at += 1
    let start = at
    // Eight bytes at a time while they are plain ASCII without quote, backslash or control character.
    while at + 8 <= count {
      let mask = Self.special(in: word(at))
      if mask != 0 {
        at += mask.trailingZeroBitCount >> 3
        break
      }
      at += 8
    }
    while at < count {
      let next = byte(at)
      if next == UInt8(ascii: "\"") {
        at += 1
        return JSONText(start: start, count: at - 1 - start, hasEscapes: false)
      }
      if next < 0x20 || next >= 0x7F || next == UInt8(ascii: "\\") { break }
      at += 1
    }
    return try restOfString(from: start)
  }

  /// The high bit of each byte of `word` that is a quote, a backslash, a control character or not ASCII. Bytes
  /// behind the first such one may be marked falsely, so only the lowest mark counts.
  @inlinable @inline(__always) static func special(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let marks =
      ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | (word &- (ones &* 0x20)) | word
    return marks & (ones &* 0x80)
  }

  /// The slow part of `string`: escapes and what is not ASCII.
  @usableFromInline mutating func restOfString(from start: Int) throws(JSONError) -> JSONText {
    var hasEscapes = false
    while at < count {
      switch byte(at) {
      case UInt8(ascii: "\""):
        at += 1
        return JSONText(start: start, count: at - 1 - start, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try skipEscape()
      case 0..<0x20: throw fail(.badString)
      case 0..<0x80: at += 1
      default: try skipScalar()
      }
    }
    throw fail(.unexpectedEnd)
  }

  /// Steps over one escape and proves it (RFC 8259 section 7): a surrogate only as one of a pair.
  private mutating func skipEscape() throws(JSONError) {
    let start = at
    guard at + 1 < count else { throw fail(.unexpectedEnd, at: count) }
    guard byte(at + 1) == UInt8(ascii: "u") else {
      guard Self.simpleEscape(byte(at + 1)) != nil else { throw fail(.badString) }
      at += 2
      return
    }
    let unit = try hexUnit(at: at + 2)
    at += 6
    guard unit & 0xF800 == 0xD800 else { return }
    guard unit < 0xDC00 else { throw fail(.badString, at: start) }
    guard at + 1 < count else { throw fail(.unexpectedEnd, at: count) }
    guard byte(at) == UInt8(ascii: "\\"), byte(at + 1) == UInt8(ascii: "u") else {
      throw fail(.badString, at: start)
    }
    guard try hexUnit(at: at + 2) & 0xFC00 == 0xDC00 else { throw fail(.badString, at: start) }
    at += 6
  }

  static func simpleEscape(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  func hexUnit(at index: Int) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for offset in index..<index + 4 {
      guard offset < count else { throw fail(.unexpectedEnd, at: count) }
      let digit = byte(offset)
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(digit - 0x30)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(digit - 0x61 + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(digit - 0x41 + 10)
      default: throw fail(.badString, at: offset)
      }
    }
    return unit
  }

  /// Steps over one scalar of two to four bytes and proves it (RFC 3629 section 4).
  private mutating func skipScalar() throws(JSONError) {
    let lead = byte(at)
    let (length, low, high): (Int, UInt8, UInt8) =
      switch lead {
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      default: throw fail(.badUTF8)
      }
    guard at + length <= count else { throw fail(.unexpectedEnd, at: count) }
    guard byte(at + 1) >= low, byte(at + 1) <= high else { throw fail(.badUTF8) }
    for offset in 2..<max(length, 2) where byte(at + offset) & 0xC0 != 0x80 { throw fail(.badUTF8) }
    at += length
  }

  // MARK: - Values of texts

  /// Is the value of `text` equal to `name`?
  @inlinable public func matches(_ text: JSONText, _ name: StaticString) -> Bool {
    if text.hasEscapes { return matchesDecoded(text, name) }
    guard text.count == name.utf8CodeUnitCount, text.end <= count else { return false }
    let pointer = name.utf8Start
    for index in 0..<text.count where byte(text.start + index) != pointer[index] { return false }
    return true
  }

  @usableFromInline func matchesDecoded(_ text: JSONText, _ name: StaticString) -> Bool {
    var decoded: [UInt8] = []
    append(text, to: &decoded)
    return decoded.count == name.utf8CodeUnitCount
      && decoded.indices.allSatisfy { decoded[$0] == name.utf8Start[$0] }
  }

  /// The bytes of a text without escapes, where they stand. They live as long as the document does.
  func view(_ text: JSONText) -> sis_bytes {
    guard text.start >= 0, text.count > 0, text.end <= count else { return sis_bytes(ptr: nil, len: 0) }
    return bytes.withUnsafeBytes { sis_bytes(ptr: $0.baseAddress?.advanced(by: text.start), len: text.count) }
  }

  /// Appends the decoded value, as UTF-8.
  public func append(_ text: JSONText, to buffer: inout [UInt8]) {
    guard text.count > 0, text.start >= 0, text.end <= count else { return }
    guard text.hasEscapes else {
      bytes.extracting(unchecked: text.start..<text.end).withUnsafeBytes { buffer.append(contentsOf: $0) }
      return
    }
    var index = text.start
    while index < text.end {
      guard byte(index) == UInt8(ascii: "\\"), index + 1 < text.end else {
        buffer.append(byte(index))
        index += 1
        continue
      }
      if let plain = Self.simpleEscape(byte(index + 1)) {
        buffer.append(plain)
        index += 2
        continue
      }
      // The text was proven when it was read: a high surrogate is followed by a low one.
      var scalar = (try? hexUnit(at: index + 2)) ?? 0xFFFD
      index += 6
      if scalar & 0xFC00 == 0xD800 {
        let low = (try? hexUnit(at: index + 2)) ?? 0xDC00
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
        index += 6
      }
      if let unicode = Unicode.Scalar(scalar) { buffer.append(contentsOf: UTF8.encode(unicode) ?? .init()) }
    }
  }

  /// The decoded value as a string: for messages and rare fields, not for the hot path.
  public func text(_ text: JSONText) -> String {
    var decoded: [UInt8] = []
    append(text, to: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  /// Without white space at both ends (space, tab, line feed, carriage return), written ones only.
  @inlinable public func trimmed(_ text: JSONText) -> JSONText {
    var (start, end) = (text.start, text.end)
    guard start >= 0, end <= count else { return text }
    while start < end, Self.isSpace(byte(start)) { start += 1 }
    while end > start, Self.isSpace(byte(end - 1)) { end -= 1 }
    return JSONText(start: start, count: end - start, hasEscapes: text.hasEscapes)
  }

  @inlinable @inline(__always) static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
