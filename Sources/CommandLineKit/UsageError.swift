/// A command line that cannot be run: one sentence, and where help is.
package struct UsageError: Error, Sendable, Equatable {
  /// One sentence without its full stop.
  package var message: String
  /// The command whose `--help` helps: `homeroom sync`.
  package var command: String
  /// The known word that was probably meant.
  package var suggestion: String?

  package init(_ message: String, command: String, suggestion: String? = nil) {
    self.message = message
    self.command = command
    self.suggestion = suggestion
  }

  /// What to do next, as one sentence without its full stop.
  package var advice: String {
    let help = "\(command) --help lists what can be said"
    return suggestion.map { "Did you mean \($0)? \(help)" } ?? help
  }
}
