import SISKit

/// One element of `/v1/groups`: a class.
struct Group {
  private var id: JSONText?
  private var title: JSONText?
  private var code: JSONText?
  private var school: JSONText?
  private var meets: JSONText?

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "title") {
        title = try reader.scalar()
      } else if reader.matches(key, "code") {
        code = try reader.scalar()
      } else if reader.matches(key, "school") {
        school = try reader.scalar()
      } else if reader.matches(key, "meets") {
        meets = try reader.scalar()
      } else {
        try reader.skip()
      }
    }
  }

  func emit(to output: inout Output, of reader: borrowing JSONReader) {
    output.record(.class) { record in
      record.add(.sourcedID, id, of: reader)
      record.add(.title, title, of: reader)
      record.add(.code, code, of: reader)
      record.add(.classType, "scheduled" as StaticString)
      record.add(.school, school, of: reader)
      record.add(.period, meets, of: reader)
    }
  }
}
