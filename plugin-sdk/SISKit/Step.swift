/// What a call of a provider leaves behind.
public enum Step: Sendable {
  /// Waiting for answers, or more to ask.
  case more
  /// The enumeration is over.
  case done
}
