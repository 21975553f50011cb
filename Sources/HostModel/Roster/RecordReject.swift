/// A record of the source that cannot be used: kept aside with its reason, counted, and taken as present.
package struct RecordReject: Sendable, Equatable {
  package var kind: RecordKind?
  /// Empty where even that is unknown.
  package var sourcedID: String
  /// The canonical name of the field at fault, or empty.
  package var field: String
  /// One sentence for the SIS clerk, without personal data.
  package var reason: String

  package init(kind: RecordKind?, sourcedID: String, field: String, reason: String) {
    self.kind = kind
    self.sourcedID = sourcedID
    self.field = field
    self.reason = reason
  }
}
