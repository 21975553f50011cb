import SISKit

/// One element of `/v1/memberships`: who is in a group, and who leads it.
struct Membership {
  private var id: JSONText?
  private var group: JSONText?
  private var person: JSONText?
  private var school: JSONText?
  private var role: JSONText?
  private var from: JSONText?
  private var to: JSONText?
  private var isDropped = false

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "group") {
        group = try reader.scalar()
      } else if reader.matches(key, "person") {
        person = try reader.scalar()
      } else if reader.matches(key, "school") {
        school = try reader.scalar()
      } else if reader.matches(key, "role") {
        role = try reader.scalar()
      } else if reader.matches(key, "from") {
        from = try reader.scalar()
      } else if reader.matches(key, "to") {
        to = try reader.scalar()
      } else if reader.matches(key, "dropped") {
        isDropped = try reader.boolean()
      } else {
        try reader.skip()
      }
    }
  }

  func emit(to output: inout Output, of reader: borrowing JSONReader) {
    guard person != nil else {
      // It is kept aside, with its reason, for a person to look at; and it counts as present.
      return output.reject(
        .enrollment, id: id.map { reader.text($0) } ?? "", field: .user, "the membership names no person")
    }
    let isLeader = role.map { reader.matches($0, "leader") } ?? false
    output.record(.enrollment) { record in
      record.add(.sourcedID, id, of: reader)
      if isDropped { record.add(.status, "dropped" as StaticString) }
      record.add(.school, school, of: reader)
      record.add(.user, person, of: reader)
      record.add(.class, group, of: reader)
      record.add(.enrollmentRole, isLeader ? "teacher" as StaticString : "student")
      if isLeader { record.add(.primary, true) }
      record.add(.beginDate, from, of: reader)
      record.add(.endDate, to, of: reader)
    }
  }
}
