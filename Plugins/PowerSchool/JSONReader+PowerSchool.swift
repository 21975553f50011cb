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

  /// Reads the list of an answer: `{"students":{"@expansions":"..","student":[..]}}`. One element may stand without its
  /// array (PS-Q01); an empty list may lack its key or be `""` (PS-Q03).
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
        if reader.matches(key, element) { try reader.eachOneOrMany(body) } else { try reader.skip() }
      }
    }
    try finish()
    guard isFound else { throw JSONError(code: .wrongKind, offset: 0) }
  }
}
