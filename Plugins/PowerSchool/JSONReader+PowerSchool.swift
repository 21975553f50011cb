import SISKit

extension JSONReader {
  /// Calls `body` for each member where an object stands; anything else, such as the `""` of an empty expansion
  /// (PS-Q02), has none.
  mutating func members(
    _ body: (_ key: JSONText, _ reader: inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    if try peek() == .object { try eachMember(body) } else { try skip() }
  }

  /// A scalar, or nil where something without a text stands: a field of a wrong shape is an absent field.
  mutating func lenientScalar() throws(JSONError) -> JSONText? {
    switch try peek() {
    case .object, .array:
      try skip()
      return nil
    default: return try scalar()
    }
  }

  /// Does anything stand in the text but white space? It was trimmed when it was read, but for what is written
  /// in escapes.
  func hasValue(_ text: JSONText?) -> Bool {
    guard let text else { return false }
    return !text.hasEscapes || copy(text, of: self) != nil
  }

  /// Steps over `""` if it stands next.
  private mutating func takeEmptyText() throws(JSONError) -> Bool {
    let start = checkpoint
    if try peek() == .string, try scalar() == nil { return true }
    rewind(to: start)
    return false
  }

  /// Reads the list of an answer: `{"students":{"@expansions":"..","student":[..]}}`. One element may stand without its
  /// array (PS-Q01); an empty list may lack its key, or be `""` in either place (PS-Q03).
  ///
  /// - Throws: `wrongKind` at the start if the list's own key is missing: an answer of another kind must not pass for
  ///   an empty list.
  mutating func page(
    of resource: Resource, element body: (_ reader: inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    let (list, element) = resource.wrapper
    var isFound = false
    try eachMember { (key, reader) throws(JSONError) in
      guard reader.matches(key, list) else { return try reader.skip() }
      isFound = true
      try reader.members { (key, reader) throws(JSONError) in
        guard reader.matches(key, element) else { return try reader.skip() }
        if try !reader.takeEmptyText() { try reader.eachOneOrMany(body) }
      }
    }
    try finish()
    guard isFound else { throw JSONError(code: .wrongKind, offset: 0) }
  }
}
