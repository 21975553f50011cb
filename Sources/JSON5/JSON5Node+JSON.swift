extension JSON5Node {
  /// The value as plain JSON (RFC 8259), members in the order of the document; nil where it holds a number
  /// that JSON cannot say (Infinity, NaN).
  package func json() -> String? {
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let number):
      guard number.isFinite else { return nil }
      if let whole = Int64(exactly: number) { return String(whole) }
      return "\(number)"
    case .string(let text): return Self.quoted(text)
    case .array(let elements):
      var parts: [String] = []
      for element in elements {
        guard let part = element.json() else { return nil }
        parts.append(part)
      }
      return "[" + parts.joined(separator: ",") + "]"
    case .object(let members):
      var parts: [String] = []
      for member in members {
        guard let part = member.node.json() else { return nil }
        parts.append(Self.quoted(member.key) + ":" + part)
      }
      return "{" + parts.joined(separator: ",") + "}"
    }
  }

  package static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// The word for the kind of value, with its article, for error sentences.
  package var kind: String {
    switch value {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
