/// A command line that was read: every value in it has been checked against its option's form.
package struct ParsedCommand: Sendable {
  /// The words below the program's name: `["runs", "show"]`.
  package let path: [String]
  package let positionals: [String]
  let values: [String: [String]]

  /// The option's last value; nil where it was not given.
  package subscript<Value>(_ option: CommandOption<Value>) -> Value? {
    values[option.declaration.name]?.last.flatMap(option.convert)
  }

  package subscript(_ flag: CommandOption<Bool>) -> Bool { values[flag.declaration.name] != nil }

  /// Every value of a repeatable option, in order.
  package func all<Value>(_ option: CommandOption<Value>) -> [Value] {
    (values[option.declaration.name] ?? []).compactMap(option.convert)
  }
}
