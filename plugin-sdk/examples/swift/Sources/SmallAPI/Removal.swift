import SISKit

/// One element of `/v1/removals`: something that was on a list and is not any more.
struct Removal {
  private var list: JSONText?
  private var id: JSONText?

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "list") {
        list = try reader.scalar()
      } else if reader.matches(key, "id") {
        id = try reader.scalar()
      } else {
        try reader.skip()
      }
    }
  }

  /// "Of the records with this id all have been sent" is how a delta says that one is gone, unless it was sent too.
  func emit(to output: inout Output, of reader: borrowing JSONReader) {
    guard let id, let list else { return }
    for known in [Job.List.schools, .people, .groups, .memberships] where reader.matches(list, known.word) {
      if let kind = known.kind { output.end(kind, complete: true, scope: [(.sourcedID, reader.text(id))]) }
    }
  }
}
