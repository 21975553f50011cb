import HostModel

/// Reads the words after the program's name by the tree of commands.
///
/// Options may stand anywhere after their command, as `--name value` or `--name=value`; after `--` every word
/// is a positional one. `--help` and `-h` win over every mistake before them on the same level.
package struct CommandParser: Sendable {
  package enum Outcome: Sendable {
    /// The text to print on stdout.
    case help(String)
    case run(ParsedCommand)
  }

  package let root: Command
  package init(_ root: Command) { self.root = root }

  package func parse(_ words: [String]) throws(UsageError) -> Outcome {
    var rest = words[...]
    var command = root
    var path: [String] = []
    while !command.subcommands.isEmpty {
      let spelled = spelling(path)
      guard let word = rest.first, word != "--help", word != "-h" else {
        guard rest.isEmpty, !path.isEmpty else { return .help(HelpText.of(command, path: spelled)) }
        let known = command.subcommands.map(\.name).joined(separator: ", ")
        throw UsageError("\(spelled) needs to know what to do: \(known)", command: spelled)
      }
      if word == "help", path.isEmpty { return try helpFor(Array(rest.dropFirst())) }
      guard let next = command.subcommands.first(where: { $0.name == word }) else {
        let what = word.hasPrefix("-") ? "option" : "command"
        let known = command.subcommands.map(\.name)
        throw UsageError(
          "\(spelled) has no \(what) \"\(word)\"", command: spelled,
          suggestion: Suggestion.nearest(to: word, among: known))
      }
      command = next
      path.append(word)
      rest = rest.dropFirst()
    }
    return try read(rest, of: command, path: path)
  }

  private func spelling(_ path: [String]) -> String { ([root.name] + path).joined(separator: " ") }

  /// `homeroom help sync` is `homeroom sync --help`.
  private func helpFor(_ words: [String]) throws(UsageError) -> Outcome {
    try parse(words.filter { !$0.hasPrefix("-") } + ["--help"])
  }

  private func read(
    _ words: ArraySlice<String>, of command: Command, path: [String]
  ) throws(UsageError) -> Outcome {
    let spelled = spelling(path)
    var rest = words
    var values: [String: [String]] = [:]
    var positionals: [String] = []
    if words.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      return .help(HelpText.of(command, path: spelled))
    }
    while let word = rest.popFirst() {
      if word == "--" {
        positionals += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        positionals.append(word)
        continue
      }
      let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let option = try find(halves[0], in: command, spelled: spelled)
      let value = try value(of: option, inline: halves.count > 1 ? halves[1] : nil, &rest, spelled: spelled)
      if values[option.name] != nil, !option.isRepeatable {
        throw UsageError("--\(option.name) is given twice", command: spelled)
      }
      values[option.name, default: []].append(value)
    }
    try check(positionals, of: command, spelled: spelled)
    return .run(ParsedCommand(path: path, positionals: positionals, values: values))
  }

  private func find(
    _ word: String, in command: Command, spelled: String
  ) throws(UsageError) -> OptionDeclaration {
    let name = word.hasPrefix("--") ? String(word.dropFirst(2)) : ""
    if let option = command.options.first(where: { $0.answers(to: name) }) { return option }
    let known = command.options.map { "--\($0.name)" } + ["--help"]
    throw UsageError(
      "\(spelled) has no option \"\(word)\"", command: spelled,
      suggestion: Suggestion.nearest(to: word, among: known))
  }

  private func value(
    of option: OptionDeclaration, inline: String?, _ rest: inout ArraySlice<String>, spelled: String
  ) throws(UsageError) -> String {
    if option.form == .flag {
      guard inline == nil else { throw UsageError("--\(option.name) takes no value", command: spelled) }
      return ""
    }
    guard let value = inline ?? rest.popFirst() else {
      throw UsageError("--\(option.name) needs a value: \(option.spelling)", command: spelled)
    }
    if let refusal = option.form.refusal(of: value) {
      var nearest: String?
      if case .choice(let known) = option.form { nearest = Suggestion.nearest(to: value, among: known) }
      throw UsageError("--\(option.name) \(refusal)", command: spelled, suggestion: nearest)
    }
    return value
  }

  private func check(_ words: [String], of command: Command, spelled: String) throws(UsageError) {
    let allowed = command.positional?.count ?? 0...0
    if words.count < allowed.lowerBound {
      let what = command.positional?.placeholder ?? ""
      throw UsageError("\(spelled) needs \(what)", command: spelled)
    }
    if words.count > allowed.upperBound {
      throw UsageError(
        "\(spelled) does not know what to do with \"\(words[allowed.upperBound])\"", command: spelled)
    }
  }
}
