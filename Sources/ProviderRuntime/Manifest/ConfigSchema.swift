import Foundation

/// The options that a provider declares: a small part of JSON Schema (type, required, default, enum, minimum, maximum,
/// items, secret, description).
package struct ConfigSchema: Sendable, Decodable {
  package struct Property: Sendable, Decodable {
    package var type: String
    package var description: String?
    package var `default`: OptionValue?
    package var `enum`: [OptionValue]?
    package var minimum: Double?
    package var maximum: Double?
    package var items: Item?
    /// Its value is a reference to a secret; the provider only ever sees a placeholder for it.
    package var secret: Bool?
  }

  /// The elements of an array.
  package struct Item: Sendable, Decodable {
    package var type: String
    package var `enum`: [OptionValue]?
  }

  package var properties: [String: Property]
  package var required: [String]?

  /// The options whose values are references to secrets.
  package var secrets: [String] { properties.filter { $0.value.secret == true }.keys.sorted() }

  /// What the provider sees in place of a secret, and writes into a request's headers where the secret is to go.
  package static func placeholder(_ option: String) -> String { "{secret:\(option)}" }

  /// Checks an options object and fills in the defaults.
  ///
  /// - Parameter options: by name.
  /// - Returns: the object that the provider is opened with, and what is wrong, each with the name of the option.
  package func validate(_ options: [String: OptionValue]) -> (json: [UInt8], problems: [(option: String, words: String)]) {
    var problems: [(String, String)] = []
    var whole: [String: OptionValue] = [:]
    for (name, property) in properties {
      if let value = property.default { whole[name] = value }
    }
    for (name, value) in options.sorted(by: { $0.key < $1.key }) {
      guard let property = properties[name] else {
        problems.append((name, "is not an option of this provider"))
        continue
      }
      // What stands where a secret is due is never repeated in a message: the reference is checked by the host.
      if property.secret != true, let words = property.objection(to: value) { problems.append((name, words)) }
      whole[name] = property.secret == true ? .string(Self.placeholder(name)) : value
    }
    for name in (required ?? []).sorted() where whole[name] == nil { problems.append((name, "is required")) }
    return (OptionValue.object(whole).json, problems)
  }
}

extension ConfigSchema.Property {
  /// Why `value` is not allowed; nil if it is.
  func objection(to value: OptionValue) -> String? {
    guard value.isOf(type) else { return "is \(value.words); it must be of type \(type)" }
    if let choice = self.enum, !choice.contains(value) { return Self.outside(value, choice) }
    if case .number(let number) = value {
      if let minimum, number < minimum { return "is \(value.words); it must be at least \(OptionValue.number(minimum).words)" }
      if let maximum, number > maximum { return "is \(value.words); it must be at most \(OptionValue.number(maximum).words)" }
    }
    guard case .array(let elements) = value, let items else { return nil }
    for element in elements {
      if !element.isOf(items.type) { return "holds \(element.words); each must be of type \(items.type)" }
      if let choice = items.enum, !choice.contains(element) { return Self.outside(element, choice) }
    }
    return nil
  }

  private static func outside(_ value: OptionValue, _ choice: [OptionValue]) -> String {
    "has \(value.words); it must be one of \(choice.map(\.words).joined(separator: ", "))"
  }
}
