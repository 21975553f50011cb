import Foundation

/// A value of an option, as a config or a schema writes it.
package enum OptionValue: Sendable, Equatable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([OptionValue])
  case object([String: OptionValue])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([OptionValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: OptionValue].self))
    }
  }

  /// Is it of this type of JSON Schema?
  func isOf(_ type: String) -> Bool {
    switch (self, type) {
    case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"), (.array, "array"), (.object, "object"):
      true
    case (.number(let value), "integer"): value == value.rounded() && abs(value) < 9e15
    default: false
    }
  }

  /// For messages.
  package var words: String { String(decoding: json, as: UTF8.self) }

  /// JSON without white space, names of objects sorted.
  package var json: [UInt8] {
    switch self {
    case .null: return Array("null".utf8)
    case .bool(let value): return Array((value ? "true" : "false").utf8)
    case .number(let value):
      // Whole numbers without a fraction, as people write them.
      if let whole = Int64(exactly: value) { return Array("\(whole)".utf8) }
      return Array("\(value)".utf8)
    case .string(let text):
      var bytes: [UInt8] = []
      var text = text
      text.withUTF8 { CanonicalText.append(UnsafeRawBufferPointer($0), to: &bytes) }
      return bytes
    case .array(let elements): return Self.joined(elements.map(\.json), "[", "]")
    case .object(let members):
      return Self.joined(
        members.sorted { $0.key < $1.key }.map { OptionValue.string($0.key).json + [UInt8(ascii: ":")] + $0.value.json }, "{", "}")
    }
  }

  private static func joined(_ parts: [[UInt8]], _ open: String, _ close: String) -> [UInt8] {
    Array(open.utf8) + parts.joined(separator: Array(",".utf8)) + Array(close.utf8)
  }
}
