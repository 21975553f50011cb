import Foundation

/// A command line as a page writes it: the program, and the words behind it.
struct CommandLineInText {
  var program: String
  var words: [String]

  /// The calls of `program` in a line of shell or in words in backticks.
  static func calls(of program: String, in text: String) -> [CommandLineInText] {
    let parts = text.replacing(/\s+#.*$/, with: "").split(separator: /\||&&|;|\n/)
    return parts.compactMap { part in
      var words = part.split(separator: " ").map(String.init)
      guard words.first?.split(separator: "/").last.map(String.init) == program else { return nil }
      words.removeFirst()
      return CommandLineInText(program: program, words: words)
    }
  }

  /// `--config` of `--config=FILE`; placeholders such as `[--json]` without their brackets.
  var options: [String] {
    words.compactMap { word in
      let bare = word.trimmingCharacters(in: .init(charactersIn: "[],.")).prefix { $0 != "=" }
      return bare.hasPrefix("--") && bare.count > 2 ? String(bare) : nil
    }
  }
}
