/// One option of a command, typed: the key under which its value is asked for after parsing.
package struct CommandOption<Value: Sendable>: Sendable {
  package let declaration: OptionDeclaration
  let convert: @Sendable (String) -> Value?
}

/// What the parser and the help need to know of an option.
package struct OptionDeclaration: Sendable {
  /// Without the dashes.
  package let name: String
  /// Another spelling that is accepted and not advertised.
  package let alias: String?
  /// The word for the value in the help: `N`, `FILE`.
  package let placeholder: String
  package let form: ValueForm
  package let summary: String
  package let isRepeatable: Bool

  func answers(to word: String) -> Bool { word == name || word == alias }
  var spelling: String { form == .flag ? "--\(name)" : "--\(name) \(placeholder)" }
}

extension CommandOption where Value == Bool {
  package static func flag(_ name: String, _ summary: String) -> Self {
    Self(
      declaration: OptionDeclaration(
        name: name, alias: nil, placeholder: "", form: .flag, summary: summary, isRepeatable: false),
      convert: { _ in true })
  }
}

extension CommandOption where Value == Int {
  package static func integer(
    _ name: String, _ placeholder: String, in range: ClosedRange<Int>, _ summary: String
  ) -> Self {
    Self(
      declaration: OptionDeclaration(
        name: name, alias: nil, placeholder: placeholder, form: .integer(range), summary: summary,
        isRepeatable: false),
      convert: { Int($0) })
  }
}

extension CommandOption where Value == String {
  package static func text(
    _ name: String, _ placeholder: String, alias: String? = nil, repeatable: Bool = false, _ summary: String
  ) -> Self {
    Self(
      declaration: OptionDeclaration(
        name: name, alias: alias, placeholder: placeholder, form: .text, summary: summary,
        isRepeatable: repeatable),
      convert: { $0 })
  }

  package static func choice(
    _ name: String, _ placeholder: String, among words: [String], _ summary: String
  ) -> Self {
    Self(
      declaration: OptionDeclaration(
        name: name, alias: nil, placeholder: placeholder, form: .choice(words), summary: summary,
        isRepeatable: false),
      convert: { $0 })
  }
}
