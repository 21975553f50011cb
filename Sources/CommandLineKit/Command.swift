/// One command: what it is called, what it takes, and what stands below it.
package struct Command: Sendable {
  /// A word that stands for itself, without dashes.
  package struct Positional: Sendable {
    package let placeholder: String
    package let summary: String
    /// How many of it: `1...1`, `0...1`, `0...Int.max`.
    package let count: ClosedRange<Int>

    package init(_ placeholder: String, _ summary: String, count: ClosedRange<Int> = 1...1) {
      self.placeholder = placeholder
      self.summary = summary
      self.count = count
    }

    var spelling: String {
      switch (count.lowerBound, count.upperBound) {
      case (0, 1): "[\(placeholder)]"
      case (0, _): "[\(placeholder)...]"
      case (_, 1): placeholder
      default: "\(placeholder)..."
      }
    }
  }

  package let name: String
  /// One line, for the list one level above.
  package let summary: String
  /// Paragraphs below the usage line.
  package let discussion: String
  package let positional: Positional?
  package let options: [OptionDeclaration]
  package let subcommands: [Command]

  package init(
    _ name: String, _ summary: String, discussion: String = "", positional: Positional? = nil,
    options: [OptionDeclaration] = [], subcommands: [Command] = []
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.positional = positional
    self.options = options
    self.subcommands = subcommands
  }
}
