import SISKit

/// One element of a school's section list.
struct Section {
  var id: JSONText?
  var school: JSONText?
  var course: JSONText?
  var staff: JSONText?
  var term: JSONText?
  var number: JSONText?
  var expression: JSONText?
  var externalExpression: JSONText?

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "school_id") {
        school = try reader.lenientScalar()
      } else if reader.matches(key, "course_id") {
        course = try reader.lenientScalar()
      } else if reader.matches(key, "staff_id") {
        staff = try reader.lenientScalar()
      } else if reader.matches(key, "term_id") {
        term = try reader.lenientScalar()
      } else if reader.matches(key, "section_number") {
        number = try reader.lenientScalar()
      } else if reader.matches(key, "expression") {
        expression = try reader.lenientScalar()
      } else if reader.matches(key, "external_expression") {
        externalExpression = try reader.lenientScalar()
      } else {
        try reader.skip()
      }
    }
  }

  /// The class, and its teacher where the directory knows the lead teacher (PS-Q24).
  func emit(to output: inout Output, of reader: borrowing JSONReader, directory: StaffDirectory) {
    output.record(.class) { record in
      record.add(.sourcedID, id, of: reader)
      record.add(.code, number, of: reader)
      record.add(.classType, "scheduled")
      record.add(.course, course, of: reader)
      record.add(.school, school, of: reader)
      record.add(.session, term, of: reader)
      record.add(.period, expression ?? externalExpression, of: reader)
    }
    guard let row = copy(staff, of: reader), let person = directory.person(ofRow: row) else { return }
    guard let section = copy(id, of: reader) else { return }
    output.record(.enrollment) { record in
      record.add(.sourcedID, section + [UInt8(ascii: "-")] + person)
      record.add(.school, school, of: reader)
      record.add(.user, person)
      record.add(.class, section)
      record.add(.enrollmentRole, "teacher")
      record.add(.primary, true)
    }
  }
}

/// One element of a section's enrolment list.
struct SectionEnrollment {
  var id: JSONText?
  var section: JSONText?
  var student: JSONText?
  var entry: JSONText?
  var exit: JSONText?
  var dropped: JSONText?

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "section_id") {
        section = try reader.lenientScalar()
      } else if reader.matches(key, "student_id") {
        student = try reader.lenientScalar()
      } else if reader.matches(key, "entry_date") {
        entry = try reader.lenientScalar()
      } else if reader.matches(key, "exit_date") {
        exit = try reader.lenientScalar()
      } else if reader.matches(key, "dropped") {
        dropped = try reader.lenientScalar()
      } else {
        try reader.skip()
      }
    }
  }

  func emit(to output: inout Output, of reader: borrowing JSONReader, school: String) {
    output.record(.enrollment) { record in
      record.add(.sourcedID, id, of: reader)
      if let dropped, reader.matches(dropped, "true") { record.add(.status, "dropped") }
      record.add(.school, school)
      record.add(.user, student, of: reader, prefix: "S")
      record.add(.class, section, of: reader)
      record.add(.enrollmentRole, "student")
      record.addDays(.beginDate, entry, .endDate, exit: exit, of: reader)
    }
  }
}
