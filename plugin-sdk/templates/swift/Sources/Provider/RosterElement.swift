import SISKit

/// One element of any of the lists. Its members are views of the answer: nothing is copied. What an element lacks is nil.
struct RosterElement {
  var id: JSONText?
  var name: JSONText?
  var role: JSONText?
  var given: JSONText?
  var family: JSONText?
  var email: JSONText?
  var grade: JSONText?
  var school: JSONText?
  var title: JSONText?
  var user: JSONText?
  var `class`: JSONText?
  var begin: JSONText?
  var end: JSONText?

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "name") {
        name = try reader.scalar()
      } else if reader.matches(key, "role") {
        role = try reader.scalar()
      } else if reader.matches(key, "given") {
        given = try reader.scalar()
      } else if reader.matches(key, "family") {
        family = try reader.scalar()
      } else if reader.matches(key, "email") {
        email = try reader.scalar()
      } else if reader.matches(key, "grade") {
        grade = try reader.scalar()
      } else if reader.matches(key, "school") {
        school = try reader.scalar()
      } else if reader.matches(key, "title") {
        title = try reader.scalar()
      } else if reader.matches(key, "user") {
        user = try reader.scalar()
      } else if reader.matches(key, "class") {
        `class` = try reader.scalar()
      } else if reader.matches(key, "begin") {
        begin = try reader.scalar()
      } else if reader.matches(key, "end") {
        end = try reader.scalar()
      } else {
        try reader.skip()
      }
    }
  }
}
