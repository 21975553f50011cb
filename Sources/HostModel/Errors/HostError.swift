/// What a person is told: a class, a sentence, what to do next, and the cause.
///
/// Every edge has a typed error of its own; this is what they become where they reach a person or a table.
package struct HostError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The seed's categories.
  package enum Category: String, Sendable, CaseIterable {
    case authentication, authorization, network, rateLimit, server, dataValidation, configuration, provider,
      storage, unknown
  }

  package var category: Category
  /// A stable, greppable word: "token-rejected", "body-incomplete".
  package var code: String
  /// What went wrong and where, as one sentence without its full stop.
  package var message: String
  /// What to do next, as one sentence without its full stop; may be empty.
  package var advice: String
  package var isRetryable: Bool

  package init(
    _ category: Category, _ code: String, _ message: String, advice: String = "", isRetryable: Bool = false
  ) {
    self.category = category
    self.code = code
    self.message = message
    self.advice = advice
    self.isRetryable = isRetryable
  }

  package var description: String { advice.isEmpty ? "\(message)." : "\(message). \(advice)." }
}
