/// The lexical form of a field's value: the letters of `sis_plugin.h`.
package enum LexicalForm: UInt8, Sendable {
  case text, word, id, date, dateTime, boolean, integer
}

/// How a field stands in the canonical record.
package enum FieldPlace: Sendable, Equatable {
  /// `"name": value`
  case single
  /// `"name": [value, ...]`, sorted bytewise, without repeats
  case list
  /// `"identifiers": [{"type": ..., "value": ...}, ...]`
  case typedList
  /// `"ext": {"name": [value, ...]}`
  case named
  /// a member of an object in the list that is called after the composite: `"phones": [{"number": ...}]`
  case part(of: Composite)
}

/// A value of several parts that a record may hold any number of times.
package enum Composite: String, CaseIterable, Sendable {
  case roles, phones, addresses, emails
}

/// One field of the canonical model. The numbers are the ABI's `SIS_F_...` and also the order of members in
/// the canonical record; the names are its keys.
package struct RosterField: Sendable {
  package let id: UInt32
  package let name: String
  package let form: LexicalForm
  package let place: FieldPlace

  init(_ id: UInt32, _ name: String, _ form: LexicalForm, _ place: FieldPlace = .single) {
    self.id = id
    self.name = name
    self.form = form
    self.place = place
  }
}
