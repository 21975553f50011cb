/// A JSON value to be written (RFC 8259), members in the order given: what `--json` prints has stable bytes.
package indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Rounded to three decimals; Infinity and NaN become null.
  case decimal(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])
  /// JSON that stands already.
  case raw(String)

  package struct Member: Sendable, Equatable {
    package var key: String
    package var value: JSONValue
    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// An object without the members that are nil.
  package static func members(_ pairs: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(pairs.compactMap { key, value in value.map { Member(key, $0) } })
  }

  package static func number(_ value: Int) -> JSONValue { .integer(Int64(value)) }

  package var text: String {
    switch self {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    case .decimal(let number):
      guard number.isFinite, abs(number) < 1e12 else { return "null" }
      return "\((number * 1000).rounded() / 1000)"
    case .string(let text): return JSON5Node.quoted(text)
    case .array(let elements): return "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      return "{" + members.map { JSON5Node.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
    case .raw(let json): return json
    }
  }
}
