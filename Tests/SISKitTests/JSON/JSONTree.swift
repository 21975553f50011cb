import Foundation

@testable import SISKit

/// A document as a value, built by the reader, for comparison with Foundation's.
enum JSONTree: Equatable {
  case null, boolean(Bool), number(Double), string(String), array([JSONTree]), object([String: JSONTree])

  static func read(_ bytes: [UInt8]) throws(JSONError) -> JSONTree {
    var reader = JSONReader(bytes.span.bytes)
    let tree = try value(&reader)
    try reader.finish()
    return tree
  }

  static func read(_ text: String) throws(JSONError) -> JSONTree { try read(Array(text.utf8)) }

  private static func value(_ reader: inout JSONReader) throws(JSONError) -> JSONTree {
    switch try reader.peek() {
    case .null:
      _ = try reader.takeNull()
      return .null
    case .boolean: return .boolean(try reader.boolean())
    case .number:
      let text = try reader.number()
      return .number(Double(reader.text(text)) ?? .nan)
    case .string:
      let text = try reader.string()
      return .string(reader.text(text))
    case .array:
      var elements: [JSONTree] = []
      try reader.enterArray()
      while try reader.nextElement(isFirst: elements.isEmpty) { elements.append(try value(&reader)) }
      return .array(elements)
    case .object:
      var members: [String: JSONTree] = [:]
      try reader.eachMember { (key, reader) throws(JSONError) in
        members[reader.text(key)] = try value(&reader)
      }
      return .object(members)
    }
  }

  /// Foundation's reading of the same bytes; nil where it refuses them.
  static func foundation(_ bytes: [UInt8]) -> JSONTree? {
    guard let value = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) else {
      return nil
    }
    return tree(value)
  }

  private static func tree(_ value: Any) -> JSONTree {
    switch value {
    case let string as String: return .string(string)
    case let array as [Any]: return .array(array.map(tree))
    case let object as [String: Any]: return .object(object.mapValues(tree))
    case let number as NSNumber: return .number(number.doubleValue)
    default: return .null
    }
  }
}
