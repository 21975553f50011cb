/// The kinds of values of RFC 8259.
public enum JSONKind: Sendable {
  case object, array, string, number, boolean, null
}
