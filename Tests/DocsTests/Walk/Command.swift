import Foundation

/// One command of a `sh` block.
struct Command {
  var text: String
  var line: Int
  /// The exit status that the text promises.
  var status: Int32

  /// Lines that end in a backslash go on in the next one; comments are read and left out.
  static func all(in block: MarkdownPage.Block) -> [Command] {
    var commands: [Command] = []
    var begun = ""
    for (index, line) in block.lines.enumerated() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasSuffix("\\") {
        begun += text.dropLast()
        continue
      }
      let whole = begun + text
      begun = ""
      let status = whole.firstMatch(of: /# exit status (\d+)/).flatMap { Int32($0.1) } ?? 0
      let command = whole.replacing(/(^|\s+)#.*$/, with: "")
      if !command.isEmpty {
        commands.append(Command(text: command, line: block.line + 1 + index, status: status))
      }
    }
    return commands
  }
}
