import SISKit

/// One element of `people.json`. Its members are views of the document: nothing is copied.
struct Person {
  private var role: JSONText?
  private var id: JSONText?
  private var name: JSONText?
  private var given: JSONText?
  private var family: JSONText?

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "role") {
        role = try reader.scalar()
      } else if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "name") {
        name = try reader.scalar()
      } else if reader.matches(key, "given") {
        given = try reader.scalar()
      } else if reader.matches(key, "family") {
        family = try reader.scalar()
      } else {
        try reader.skip()
      }
    }
  }

  /// A school becomes an org, and the place of the people who come behind it. What is nil is left out.
  func emit(to output: inout Output, of reader: borrowing JSONReader, school: inout JSONText?) {
    if let role, reader.matches(role, "school") {
      school = id
      output.record(.org) { record in
        record.add(.sourcedID, id, of: reader)
        record.add(.name, name, of: reader)
        record.add(.orgType, "school")
      }
    } else {
      let school = school
      output.record(.user) { record in
        record.add(.sourcedID, id, of: reader)
        record.add(.givenName, given, of: reader)
        record.add(.familyName, family, of: reader)
        // The parts of one role share a group number.
        record.add(.role, role, of: reader, group: 1)
        record.add(.roleOrg, school, of: reader, group: 1)
      }
    }
  }
}
