/// The text of `--help`, made from the command itself so that the two cannot differ.
enum HelpText {
  static func of(_ command: Command, path: String) -> String {
    var paragraphs = [command.summary + "."]
    paragraphs.append("Usage: \(usage(command, path: path))")
    if !command.discussion.isEmpty { paragraphs.append(command.discussion) }
    if !command.subcommands.isEmpty {
      let rows = command.subcommands.map { ($0.name, $0.summary) }
      paragraphs.append("Commands:\n" + table(rows))
    }
    if let positional = command.positional {
      paragraphs.append("Arguments:\n" + table([(positional.placeholder, positional.summary)]))
    }
    let options = command.options.map { option in
      (option.spelling, option.summary + (option.isRepeatable ? "; repeatable" : ""))
    }
    paragraphs.append("Options:\n" + table(options + [("--help", "print this")]))
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  private static func usage(_ command: Command, path: String) -> String {
    var parts = [path]
    if !command.subcommands.isEmpty { parts.append("COMMAND") }
    if let positional = command.positional { parts.append(positional.spelling) }
    if !command.options.isEmpty { parts.append("[OPTIONS]") }
    return parts.joined(separator: " ")
  }

  /// Two columns; the first as wide as its widest word, at most 28.
  private static func table(_ rows: [(String, String)]) -> String {
    let width = min(rows.map(\.0.count).max() ?? 0, 28)
    return rows.map { row in
      let padding = String(repeating: " ", count: max(width - row.0.count, 0))
      return row.1.isEmpty ? "  \(row.0)" : "  \(row.0)\(padding)  \(row.1)"
    }.joined(separator: "\n")
  }
}
