import SISKit

/// Teaches Homeroom to read one student information system. README.md says how to go on.
///
/// It reads four lists. Each page is an object with "items" and "next", the address of the page behind it:
///
///     GET /users.json    {"items": [{"id": "S1", "role": "student", ...}], "next": "/users-2.json"}
struct RosterProvider: Provider {
  private var place: Place
  /// The number of the last request, and whether its answer has not come yet.
  private var request: UInt64 = 0
  private var hasAsked = false

  /// One read of one district begins, or goes on where an interrupted one stopped.
  init(_ opening: Opening, _ output: inout Output) throws(ProviderError) {
    guard opening.mode == .full else {
      throw ProviderError(.unsupported, "this provider reads full rosters only")
    }
    place = if let cursor = opening.cursor { try Place(cursor) } else { Place() }
  }

  /// The host has room for a request: ask for the next page.
  mutating func next(_ output: inout Output) throws(ProviderError) -> Step {
    guard let list = place.list else { return .done }
    guard !hasAsked, output.grant > 0 else { return .more }
    request += 1
    hasAsked = true
    output.request(id: request, target: place.target, resource: list.word)
    return .more
  }

  /// An answer has come, whole. If this throws `.protocol` the same request is made again, so nothing changes before all
  /// has gone well.
  mutating func feed(_ response: borrowing Response, _ output: inout Output) throws(ProviderError) -> Step {
    guard hasAsked, response.id == request, let list = place.list else {
      throw ProviderError(.internal, "this answer was not asked for")
    }
    guard response.status == 200 else {
      throw ProviderError(
        response.status == 403 ? .forbidden : .notFound, "the server does not give this list")
    }
    let following = try read(response.body, of: list, &output)
    guard following != place.target else {
      throw ProviderError(.protocol, "a page says that it is behind itself")
    }
    // The list was read to its end: whoever was not in it has left.
    if following == nil { output.end(list.kind, complete: true) }
    place.advance(to: following)
    // Everything so far may be stored, and a run that is stopped goes on from here.
    output.resume(at: place.bytes, version: Place.version)
    hasAsked = false
    return try next(&output)
  }

  /// Emits the records of a page.
  ///
  /// - Returns: the address of the next page; nil behind the last.
  private func read(_ body: RawSpan, of list: RosterList, _ output: inout Output) throws(ProviderError)
    -> String?
  {
    var reader = JSONReader(body)
    var hasItems = false
    var following: String?
    do throws(JSONError) {
      try reader.eachMember { (key, reader) throws(JSONError) in
        if reader.matches(key, "items") {
          hasItems = true
          try reader.eachOneOrMany { (reader) throws(JSONError) in
            list.emit(try RosterElement(&reader), to: &output, of: reader)
          }
        } else if reader.matches(key, "next") {
          following = try reader.scalar().map { reader.text($0) }
        } else {
          try reader.skip()
        }
      }
      try reader.finish()
    } catch { throw ProviderError(error, in: "the page") }
    // An answer of another kind must not pass for an empty list.
    guard hasItems else { throw ProviderError(.protocol, "the answer has no items") }
    return following
  }
}
