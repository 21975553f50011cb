import SISKit

/// One element of a school's course list.
struct Course {
  var id: JSONText?
  var number: JSONText?
  var name: JSONText?

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "course_number") {
        number = try reader.lenientScalar()
      } else if reader.matches(key, "course_name") {
        name = try reader.lenientScalar()
      } else {
        try reader.skip()
      }
    }
  }

  func emit(to output: inout Output, of reader: borrowing JSONReader) {
    output.record(.course) { record in
      record.add(.sourcedID, id, of: reader)
      record.add(.title, name, of: reader)
      record.add(.code, number, of: reader)
    }
  }
}
