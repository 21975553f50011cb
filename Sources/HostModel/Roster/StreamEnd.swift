/// How completely a provider says it read a kind, whole or within a scope. Only `complete` can ever lead to
/// a removal.
package struct StreamEnd: Sendable, Equatable {
  /// One condition of a scope: records whose field has this value.
  package struct Condition: Sendable, Equatable, Hashable {
    package var field: UInt32
    package var value: String
    package init(field: UInt32, value: String) {
      self.field = field
      self.value = value
    }
  }

  package var kind: RecordKind
  package var complete: Bool
  /// All must hold; none means the kind as a whole.
  package var scope: [Condition]
  /// The source's own total, where it has one.
  package var expected: UInt64?

  package init(kind: RecordKind, complete: Bool, scope: [Condition] = [], expected: UInt64? = nil) {
    self.kind = kind
    self.complete = complete
    self.scope = scope
    self.expected = expected
  }
}
