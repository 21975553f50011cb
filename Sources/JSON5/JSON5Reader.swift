/// Reads a JSON5 document (spec.json5.org) into nodes that know their line and column, which Foundation's
/// decoder does not keep. Made for config files: clear before fast. Never traps; nesting is bounded.
package struct JSON5Reader {
  package static let maximumDepth = 64

  let scalars: [Unicode.Scalar]
  var index = 0
  var line = 1
  var column = 1
  var depth = 0

  private init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// - Throws: the first error, with its place. A key that is given twice in one object is an error.
  package static func read(_ text: String) throws(JSON5Error) -> JSON5Node {
    var reader = JSON5Reader(text)
    try reader.skipSpace()
    let node = try reader.value()
    try reader.skipSpace()
    guard reader.peek() == nil else { throw reader.unexpected("after the end of the document") }
    return node
  }

  // MARK: - Values

  private mutating func value() throws(JSON5Error) -> JSON5Node {
    let start = place
    guard let scalar = peek() else {
      throw JSON5Error(message: "The document ends where a value is due", place: start)
    }
    switch scalar {
    case "{":
      return JSON5Node(
        value: .object(try nested { reader throws(JSON5Error) in try reader.members() }), place: start)
    case "[":
      return JSON5Node(
        value: .array(try nested { reader throws(JSON5Error) in try reader.elements() }), place: start)
    case "\"", "'": return JSON5Node(value: .string(try string()), place: start)
    case "+", "-", ".", "0"..."9": return JSON5Node(value: .number(try number()), place: start)
    default: break
    }
    guard Self.startsName(scalar) else { throw unexpected("where a value is due") }
    switch try name() {
    case "null": return JSON5Node(value: .null, place: start)
    case "true": return JSON5Node(value: .bool(true), place: start)
    case "false": return JSON5Node(value: .bool(false), place: start)
    case "Infinity": return JSON5Node(value: .number(.infinity), place: start)
    case "NaN": return JSON5Node(value: .number(.nan), place: start)
    case let word:
      throw JSON5Error(message: "\(word) is no value; text stands in quotes: \"\(word)\"", place: start)
    }
  }

  private mutating func nested<Content>(
    _ body: (inout JSON5Reader) throws(JSON5Error) -> Content
  ) throws(JSON5Error) -> Content {
    guard depth < Self.maximumDepth else {
      throw JSON5Error(message: "More than \(Self.maximumDepth) levels stand within each other", place: place)
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func members() throws(JSON5Error) -> [JSON5Node.Member] {
    let start = place
    advance()
    var members: [JSON5Node.Member] = []
    var known: [String: TextPlace] = [:]
    while true {
      try skipSpace()
      if take("}") { return members }
      let at = place
      guard let scalar = peek() else { throw unclosed("{", start) }
      guard scalar == "\"" || scalar == "'" || Self.startsName(scalar) else {
        throw unexpected("where a key or } is due")
      }
      let key = scalar == "\"" || scalar == "'" ? try string() : try name()
      if let first = known.updateValue(at, forKey: key) {
        throw JSON5Error(message: "The key \(key) is given twice, first in line \(first.line)", place: at)
      }
      try skipSpace()
      guard take(":") else { throw unexpected("where the : after \(key) is due") }
      try skipSpace()
      members.append(JSON5Node.Member(key: key, place: at, node: try value()))
      try skipSpace()
      if take(",") { continue }
      guard peek() != nil else { throw unclosed("{", start) }
      guard peek() == "}" else { throw unexpected("where a , or } is due") }
    }
  }

  private mutating func elements() throws(JSON5Error) -> [JSON5Node] {
    let start = place
    advance()
    var elements: [JSON5Node] = []
    while true {
      try skipSpace()
      if take("]") { return elements }
      guard peek() != nil else { throw unclosed("[", start) }
      elements.append(try value())
      try skipSpace()
      if take(",") { continue }
      guard peek() != nil else { throw unclosed("[", start) }
      guard peek() == "]" else { throw unexpected("where a , or ] is due") }
    }
  }

  // MARK: - Characters

  var place: TextPlace { TextPlace(line: line, column: column) }
  func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    index + offset < scalars.count ? scalars[index + offset] : nil
  }

  mutating func advance() {
    guard index < scalars.count else { return }
    let scalar = scalars[index]
    index += 1
    // CR LF is one line end: it is counted at the LF.
    let isLineEnd =
      scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}" || (scalar == "\r" && peek() != "\n")
    if isLineEnd {
      line += 1
      column = 1
    } else {
      column += 1
    }
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    advance()
    return true
  }

  private mutating func skipSpace() throws(JSON5Error) {
    while let scalar = peek() {
      if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
        advance()
      } else if scalar == "/", peek(1) == "/" {
        while let next = peek(), !Self.endsLine(next) { advance() }
      } else if scalar == "/", peek(1) == "*" {
        let start = place
        advance()
        advance()
        while !(peek() == "*" && peek(1) == "/") {
          guard peek() != nil else {
            throw JSON5Error(message: "This comment is never closed by */", place: start)
          }
          advance()
        }
        advance()
        advance()
      } else {
        return
      }
    }
  }

  static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}"
  }

  static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "$" || scalar == "_" || scalar.properties.isAlphabetic
  }

  /// An identifier: letters, digits, `$` and `_`. Escapes in names are not supported: quote the key.
  private mutating func name() throws(JSON5Error) -> String {
    var text = ""
    while let scalar = peek(), Self.startsName(scalar) || scalar.properties.numericType != nil {
      text.unicodeScalars.append(scalar)
      advance()
    }
    return text
  }

  func unexpected(_ where: String) -> JSON5Error {
    guard let scalar = peek() else {
      return JSON5Error(message: "The document ends \(`where`)", place: place)
    }
    let isVisible = scalar.value > 0x20 && scalar.value != 0x7F
    let found =
      isVisible ? "\"\(scalar)\"" : "the character U+\(String(scalar.value, radix: 16, uppercase: true))"
    return JSON5Error(message: "Found \(found) \(`where`)", place: place)
  }

  private func unclosed(_ bracket: String, _ start: TextPlace) -> JSON5Error {
    JSON5Error(
      message:
        "The document ends, and the \(bracket) of line \(start.line), column \(start.column) is not closed",
      place: place)
  }
}
