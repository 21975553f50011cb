/// What the value of an option may look like.
package enum ValueForm: Sendable, Equatable {
  /// Stands alone, without a value.
  case flag
  case text
  case integer(ClosedRange<Int>)
  case choice([String])

  /// Nil if the text is such a value, else what is allowed, as the end of a sentence.
  func refusal(of text: String) -> String? {
    switch self {
    case .flag: "takes no value"
    case .text: text.isEmpty ? "takes a value that is not empty" : nil
    case .integer(let range):
      Int(text).map(range.contains) == true
        ? nil : "takes a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\""
    case .choice(let words):
      words.contains(text) ? nil : "takes \(words.joined(separator: ", ")), not \"\(text)\""
    }
  }
}
