import SISKit

/// One element of the student list, as places in the answer.
struct Student {
  var id: JSONText?
  var number: JSONText?
  var stateID: JSONText?
  var username: JSONText?
  var names = Names()
  var gender: JSONText?
  var birthDate: JSONText?
  var graduationYear: JSONText?
  var physical = Address()
  var mailing = Address()
  var phone: JSONText?
  var email: JSONText?
  var status: JSONText?
  var statusCode: JSONText?
  var grade: JSONText?
  var entry: JSONText?
  var exit: JSONText?
  var school: JSONText?

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "local_id") {
        number = try reader.lenientScalar()
      } else if reader.matches(key, "state_province_id") {
        stateID = try reader.lenientScalar()
      } else if reader.matches(key, "student_username") {
        username = try reader.lenientScalar()
      } else if reader.matches(key, "name") {
        try names.read(&reader)
      } else if reader.matches(key, "demographics") {
        try readDemographics(&reader)
      } else if reader.matches(key, "addresses") {
        try readAddresses(&reader)
      } else if reader.matches(key, "phones") {
        try readPhones(&reader)
      } else if reader.matches(key, "school_enrollment") {
        try readEnrollment(&reader)
      } else if reader.matches(key, "contact_info") {
        try reader.members { (key, reader) throws(JSONError) in
          if reader.matches(key, "email") { email = try reader.lenientScalar() } else { try reader.skip() }
        }
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readDemographics(_ reader: inout JSONReader) throws(JSONError) {
    try reader.members { (key, reader) throws(JSONError) in
      if reader.matches(key, "gender") {
        gender = try reader.lenientScalar()
      } else if reader.matches(key, "birth_date") {
        birthDate = try reader.lenientScalar()
      } else if reader.matches(key, "projected_graduation_year") {
        graduationYear = try reader.lenientScalar()
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readAddresses(_ reader: inout JSONReader) throws(JSONError) {
    try reader.members { (key, reader) throws(JSONError) in
      if reader.matches(key, "physical") {
        try physical.read(&reader)
      } else if reader.matches(key, "mailing") {
        try mailing.read(&reader)
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readPhones(_ reader: inout JSONReader) throws(JSONError) {
    try reader.members { (key, reader) throws(JSONError) in
      guard reader.matches(key, "main") else { return try reader.skip() }
      try reader.members { (key, reader) throws(JSONError) in
        if reader.matches(key, "number") { phone = try reader.lenientScalar() } else { try reader.skip() }
      }
    }
  }

  /// Both spellings of the status code (PS-Q30).
  private mutating func readEnrollment(_ reader: inout JSONReader) throws(JSONError) {
    try reader.members { (key, reader) throws(JSONError) in
      if reader.matches(key, "enroll_status") {
        status = try reader.lenientScalar()
      } else if reader.matches(key, "enroll_status_code") || reader.matches(key, "status_code") {
        statusCode = try reader.lenientScalar()
      } else if reader.matches(key, "grade_level") {
        grade = try reader.lenientScalar()
      } else if reader.matches(key, "entry_date") {
        entry = try reader.lenientScalar()
      } else if reader.matches(key, "exit_date") {
        exit = try reader.lenientScalar()
      } else if reader.matches(key, "school_id") {
        school = try reader.lenientScalar()
      } else {
        try reader.skip()
      }
    }
  }

  // MARK: - Records

  private func enrollStatus(of reader: borrowing JSONReader) -> StaticString? {
    if let status {
      for (letter, word) in Self.byLetter where reader.matches(status, letter) { return word }
    }
    guard let statusCode else { return nil }
    switch reader.integer(of: statusCode) {
    case 0: return "active"
    case -1: return "preRegistered"
    case 2: return "transferredOut"
    case 3: return "graduated"
    case 4: return "historical"
    default: return "inactive"
    }
  }

  private static let byLetter: [(StaticString, StaticString)] = [
    ("A", "active"), ("P", "preRegistered"), ("T", "transferredOut"), ("G", "graduated"), ("H", "historical"),
    ("I", "inactive"),
  ]

  /// The user, and the demographics where there are any.
  func emit(to output: inout Output, of reader: borrowing JSONReader) {
    let status = enrollStatus(of: reader)
    output.record(.user) { record in
      record.add(.sourcedID, id, of: reader, prefix: "S")
      record.add(.identifier, number, of: reader, name: "studentNumber")
      record.add(.identifier, stateID, of: reader, name: "stateId")
      record.add(.username, username, of: reader)
      record.add(.enabled, status.map { $0.utf8Start.pointee == UInt8(ascii: "a") } ?? false)
      names.add(to: &record, of: reader)
      record.add(.email, email, of: reader)
      record.addGrade(.grade, grade, of: reader)
      if let status { record.add(.enrollStatus, status) }
      if let year = graduationYear.flatMap({ reader.integer(of: $0) }), year > 0 { record.add(.graduationYear, year) }
      record.add(.primaryOrg, school, of: reader)
      record.add(.role, "student", group: 1)
      record.add(.roleOrg, school, of: reader, group: 1)
      record.add(.roleType, "primary", group: 1)
      record.addDays(.roleBegin, entry, .roleEnd, exit: exit, of: reader, group: 1)
      if reader.hasValue(phone) {
        record.add(.phoneType, "main", group: 1)
        record.add(.phoneNumber, phone, of: reader, group: 1)
      }
      physical.add(to: &record, type: "physical", group: 1, of: reader)
      mailing.add(to: &record, type: "mailing", group: 2, of: reader)
    }
    guard reader.hasValue(birthDate) || reader.hasValue(gender) else { return }
    output.record(.demographics) { record in
      record.add(.sourcedID, id, of: reader, prefix: "S")
      record.add(.birthDate, birthDate, of: reader)
      if let gender, reader.hasValue(gender) {
        record.add(.sex, reader.matches(gender, "F") ? "female" : reader.matches(gender, "M") ? "male" : "other")
      }
    }
  }
}
