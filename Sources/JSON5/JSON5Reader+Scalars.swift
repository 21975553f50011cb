extension JSON5Reader {
  /// A string in single or double quotes, the reader standing on the first quote.
  mutating func string() throws(JSON5Error) -> String {
    let start = place
    let quote = peek()
    advance()
    var text = String.UnicodeScalarView()
    while let scalar = peek() {
      if scalar == quote {
        advance()
        return String(text)
      }
      // U+2028 and U+2029 may stand in a string (spec.json5.org 5.2).
      if scalar == "\n" || scalar == "\r" { break }
      if scalar == "\\" {
        try escape(into: &text)
      } else {
        text.append(scalar)
        advance()
      }
    }
    throw JSON5Error(
      message: "This text is never closed by \(quote.map(String.init) ?? "a quote")", place: start)
  }

  private mutating func escape(into text: inout String.UnicodeScalarView) throws(JSON5Error) {
    let start = place
    advance()
    guard let scalar = peek() else { return }
    advance()
    switch scalar {
    case "b": text.append("\u{8}")
    case "f": text.append("\u{C}")
    case "n": text.append("\n")
    case "r": text.append("\r")
    case "t": text.append("\t")
    case "v": text.append("\u{B}")
    case "0" where !isDigit(peek()): text.append("\0")
    case "0"..."9": throw JSON5Error(message: "\\\(scalar) is no escape", place: start)
    case "x": text.append(try unit(digits: 2, start).flatMap { Unicode.Scalar($0) } ?? "\u{FFFD}")
    case "u": try unicodeEscape(start, into: &text)
    case "\r":
      // A line continuation; CR LF counts as one.
      if peek() == "\n" { advance() }
    case "\n", "\u{2028}", "\u{2029}": break
    default: text.append(scalar)
    }
  }

  private mutating func unicodeEscape(
    _ start: TextPlace, into text: inout String.UnicodeScalarView
  ) throws(JSON5Error) {
    let first = try unit(digits: 4, start) ?? 0
    if let scalar = Unicode.Scalar(first) {
      text.append(scalar)
      return
    }
    // A surrogate: a pair of them makes one character, one alone makes none.
    if (0xD800..<0xDC00).contains(first), peek() == "\\", peek(1) == "u" {
      advance()
      advance()
      let second = try unit(digits: 4, start) ?? 0
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
      {
        text.append(scalar)
        return
      }
    }
    throw JSON5Error(message: "This escape is half of a surrogate pair", place: start)
  }

  private mutating func unit(digits: Int, _ start: TextPlace) throws(JSON5Error) -> UInt32? {
    var hex = ""
    while hex.count < digits, let scalar = peek(), scalar.isASCII, scalar.properties.isASCIIHexDigit {
      hex.unicodeScalars.append(scalar)
      advance()
    }
    guard hex.count == digits else {
      throw JSON5Error(message: "This escape needs \(digits) hexadecimal digits", place: start)
    }
    return UInt32(hex, radix: 16)
  }

  private func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return ("0"..."9").contains(scalar)
  }

  /// A number: decimal with an optional leading or trailing point, hexadecimal, Infinity or NaN, each signed.
  mutating func number() throws(JSON5Error) -> Double {
    let start = place
    var text = ""
    while let scalar = peek(),
      scalar.isASCII,
      scalar.properties.isAlphabetic || isDigit(scalar) || "+-.".unicodeScalars.contains(scalar)
    {
      text.unicodeScalars.append(scalar)
      advance()
    }
    guard let value = Self.number(text) else {
      throw JSON5Error(message: "\(text) is no number", place: start)
    }
    return value
  }

  static func number(_ text: String) -> Double? {
    var digits = text[...]
    var sign = 1.0
    if let first = digits.first, first == "+" || first == "-" {
      if first == "-" { sign = -1 }
      digits = digits.dropFirst()
    }
    if digits == "Infinity" { return sign * .infinity }
    if digits == "NaN" { return .nan }
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      let hex = digits.dropFirst(2)
      guard hex.allSatisfy(\.isHexDigit), let value = UInt64(hex, radix: 16) else { return nil }
      return sign * Double(value)
    }
    // Double's own reader also takes hexadecimal floats and words, which JSON5 does not have.
    guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || "eE.+-".contains($0)) }),
      digits.first?.isNumber == true || digits.first == ".", digits != "."
    else { return nil }
    let whole = digits.prefix { $0.isNumber }
    guard whole.count < 2 || whole.first != "0" else { return nil }
    return plain(digits).map { sign * $0 }
  }

  /// Grammar first: `5.` and `.5` are numbers in JSON5, `1e`, `1.2.3` and `1-2` are not.
  private static func plain(_ digits: Substring) -> Double? {
    let halves = digits.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard let mantissa = halves.first else { return nil }
    let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }),
      parts.allSatisfy({ $0.allSatisfy(\.isNumber) })
    else { return nil }
    var exponent = ""
    if halves.count == 2 {
      let power = halves[1].hasPrefix("+") || halves[1].hasPrefix("-") ? halves[1].dropFirst() : halves[1]
      guard !power.isEmpty, power.allSatisfy(\.isNumber) else { return nil }
      exponent = "e" + halves[1]
    }
    let whole = parts[0].isEmpty ? "0" : parts[0]
    let fraction = parts.count == 2 && !parts[1].isEmpty ? parts[1] : "0"
    return Double("\(whole).\(fraction)\(exponent)")
  }
}
