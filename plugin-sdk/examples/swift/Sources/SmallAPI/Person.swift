import SISKit

/// One element of `/v1/people`.
struct Person {
  private var id: JSONText?
  private var kind: JSONText?
  private var number: JSONText?
  private var login: JSONText?
  private var first: JSONText?
  private var middle: JSONText?
  private var last: JSONText?
  private var email: JSONText?
  private var grade: JSONText?
  private var school: JSONText?
  private var state: JSONText?
  private var graduates: JSONText?
  private var bus: JSONText?

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "kind") {
        kind = try reader.scalar()
      } else if reader.matches(key, "number") {
        number = try reader.scalar()
      } else if reader.matches(key, "login") {
        login = try reader.scalar()
      } else if reader.matches(key, "first") {
        first = try reader.scalar()
      } else if reader.matches(key, "middle") {
        middle = try reader.scalar()
      } else if reader.matches(key, "last") {
        last = try reader.scalar()
      } else if reader.matches(key, "email") {
        email = try reader.scalar()
      } else if reader.matches(key, "grade") {
        grade = try reader.scalar()
      } else if reader.matches(key, "school") {
        school = try reader.scalar()
      } else if reader.matches(key, "state") {
        state = try reader.scalar()
      } else if reader.matches(key, "graduates") {
        graduates = try reader.scalar()
      } else if reader.matches(key, "bus") {
        bus = try reader.scalar()
      } else {
        try reader.skip()
      }
    }
  }

  func emit(to output: inout Output, of reader: borrowing JSONReader, withBus: Bool) {
    let isStudent = kind.map { reader.matches($0, "student") } ?? false
    let isPending = state.map { reader.matches($0, "pending") } ?? false
    output.record(.user) { record in
      record.add(.sourcedID, id, of: reader)
      record.add(.identifier, number, of: reader, name: "studentNumber")
      // What the canonical model lacks is kept under its own name.
      if withBus { record.add(.extension, bus, of: reader, name: "busRoute") }
      record.add(.username, login, of: reader)
      record.add(.enabled, !isPending)
      record.add(.givenName, first, of: reader)
      record.add(.middleName, middle, of: reader)
      record.add(.familyName, last, of: reader)
      record.add(.email, email, of: reader)
      record.addGrade(.grade, grade, of: reader)
      if isStudent { record.add(.enrollStatus, isPending ? "preRegistered" as StaticString : "active") }
      record.add(.graduationYear, graduates, of: reader)
      record.add(.primaryOrg, school, of: reader)
      // The parts of one role share a group number.
      record.add(.role, kind, of: reader, group: 1)
      record.add(.roleOrg, school, of: reader, group: 1)
      record.add(.roleType, "primary" as StaticString, group: 1)
    }
  }
}
