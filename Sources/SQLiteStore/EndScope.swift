import HostModel

/// The scope of a stream's end, as it is stored (`46=3&120=S7`, percent-encoded) and as a condition on canonical records.
enum EndScope {
  static func text(_ scope: [StreamEnd.Condition]) -> String {
    scope.map { "\($0.field)=\(encode($0.value))" }.joined(separator: "&")
  }

  static func parse(_ text: String) -> [StreamEnd.Condition]? {
    var conditions: [StreamEnd.Condition] = []
    for part in text.split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, let field = UInt32(sides[0]), RosterField.with(id: field) != nil, let value = decode(sides[1])
      else { return nil }
      conditions.append(StreamEnd.Condition(field: field, value: value))
    }
    return conditions
  }

  /// A scope in SQL on a column `record`, its values bound one after another from `index` on. Conditions on
  /// parts of one composite are to hold of one of its values together. Field names are the catalogue's, never
  /// from outside.
  static func sql(_ scope: [StreamEnd.Condition], from index: Int) -> String {
    var terms: [String] = []
    var ofParts: [Composite: [String]] = [:]
    for (offset, condition) in scope.enumerated() {
      guard let field = RosterField.with(id: condition.field) else { return "0" }
      let value = "?\(index + offset)"
      switch field.place {
      // Numbers and booleans as they are written: SQL's own are no text.
      case .single where field.form == .integer || field.form == .boolean:
        terms.append("record -> '$.\(field.name)' = \(value)")
      case .single: terms.append("record ->> '$.\(field.name)' = \(value)")
      case .list:
        terms.append("EXISTS (SELECT 1 FROM json_each(record, '$.\(field.name)') WHERE value = \(value))")
      case .part(let composite):
        ofParts[composite, default: []].append("value ->> '$.\(field.name)' = \(value)")
      // A value without its type or name says nothing.
      case .typedList, .named: return "0"
      }
    }
    for composite in Composite.allCases {
      guard let parts = ofParts[composite] else { continue }
      let all = parts.joined(separator: " AND ")
      terms.append("EXISTS (SELECT 1 FROM json_each(record, '$.\(composite.rawValue)') WHERE \(all))")
    }
    return terms.joined(separator: " AND ")
  }

  private static func encode(_ value: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return value.utf8.map { byte in
      let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 0xF)])"
    }.joined()
  }

  private static func decode(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16) else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
