extension DistrictTruth {
  private var studentIDs: LexicalNumbers {
    LexicalNumbers(Student.firstID..<Student.firstID + district.everyone)
  }

  private func eachStudent(_ body: (Student) -> Void) {
    for id in studentIDs where district.isCurrent(id - Student.firstID) {
      body(district.student(id - Student.firstID))
    }
  }

  func demographics() {
    eachStudent { student in
      guard student.birth != nil || student.gender != nil else { return }
      writer.line("demographics") {
        writer.text("sourcedId") { Self.writeUserID(student, to: $0) }
        if let birth = student.birth { writer.date("birthDate", birth) }
        if let gender = student.gender { writer.word("sex", Self.sex(gender)) }
      }
    }
  }

  static func writeUserID(_ student: Student, to out: ByteBuffer) {
    out.append("S")
    out.append(student.dcid)
  }

  private static func sex(_ gender: StaticString) -> StaticString {
    switch gender.utf8Start.pointee {
    case UInt8(ascii: "F"): "female"
    case UInt8(ascii: "M"): "male"
    default: "other"
    }
  }

  static func status(_ status: EnrollStatus) -> StaticString {
    switch status {
    case .active: "active"
    case .preRegistered: "preRegistered"
    case .transferred: "transferredOut"
    case .graduated: "graduated"
    case .historical: "historical"
    case .inactive: "inactive"
    }
  }

  func students() {
    eachStudent { student in
      let school = district.schools[student.school].dcid
      writer.line("user") {
        writer.text("sourcedId") { Self.writeUserID(student, to: $0) }
        if !isFlat || isSmallAPI { identifiers(student) }
        if isSmallAPI, student.ridesBus { writer.extension("busRoute") { student.writeBus(to: $0) } }
        writer.text("username") { student.writeUsername(to: $0) }
        writer.flag("enabled", student.status == .active)
        writer.word("givenName", student.given.display)
        if let middle = student.middle { writer.word("middleName", middle) }
        writer.text("familyName") { student.writeFamily(to: $0) }
        if student.hasMail { writer.text("email") { student.writeMail(to: $0) } }
        writer.list("grades") { Self.writeGrade(student.grade, to: $0) }
        writer.word("enrollStatus", Self.status(student.status))
        if student.graduation > 0 { writer.number("graduationYear", student.graduation) }
        writer.id("primaryOrg", school)
        writer.part { role in
          role.word("role", "student")
          role.id("org", school)
          role.word("roleType", "primary")
          guard !isFlat else { return }
          role.date("beginDate", student.entry)
          // One who never came has no last day.
          if student.last >= student.entry { role.date("endDate", student.last) }
        }
        writer.list("roles")
        if !isFlat { reach(student) }
      }
    }
  }

  private func identifiers(_ student: Student) {
    writer.identifier("studentNumber") { $0.append(student.number) }
    if student.hasStateID, !isSmallAPI { writer.identifier("stateId") { student.writeStateID(to: $0) } }
    writer.list("identifiers")
  }

  private func reach(_ student: Student) {
    if student.hasPhone {
      writer.part {
        $0.word("type", "main")
        $0.text("number") { student.writePhone(to: $0) }
      }
    }
    writer.list("phones")
    if let home = student.home {
      address("physical", home, home.writeStreet)
      if home.postBox > 0 { address("mailing", home, home.writeMailStreet) }
    }
    writer.list("addresses")
  }

  private func address(_ type: StaticString, _ home: Home, _ street: (ByteBuffer) -> Void) {
    writer.part { part in
      part.word("type", type)
      part.text("street", street)
      part.word("city", home.city)
      part.word("state", "AZ")
      part.text("postcode") { $0.append(padded: home.postcode, width: 5) }
    }
  }

  // MARK: Staff

  func staff() {
    let first = StaffRow.firstUser
    for id in LexicalNumbers(first..<first + district.base.people) {
      let rows = district.rows(of: id - first)
      guard let lowest = rows.first else { continue }
      let details = lowest.details
      writer.line("user") {
        writer.text("sourcedId") { Self.writeUserID(lowest, to: $0) }
        if !isFlat {
          writer.identifier("staffNumber") { details.writeLocalID(to: $0) }
          writer.list("identifiers")
        }
        if details.hasLogin { writer.text("username") { details.writeLogin(to: $0) } }
        writer.flag("enabled", true)
        writer.text("givenName") { details.writeGiven(to: $0) }
        if details.hasMiddle { writer.text("middleName") { details.writeMiddle(to: $0) } }
        writer.text("familyName") { details.writeFamily(to: $0) }
        if details.hasMail { writer.text("email") { details.writeMail(to: $0) } }
        if isFlat { onlyRole(lowest) } else { roles(rows, details) }
      }
    }
  }

  static func writeUserID(_ row: StaffRow, to out: ByteBuffer) {
    out.append("T")
    out.append(row.usersDCID)
  }

  private func roles(_ rows: [StaffRow], _ details: StaffDetails) {
    for row in rows {
      role(Self.role(row), at: district.schools[row.school].dcid)
      if row.hasAffiliation, row.isAtOffice { role(Self.role(row), at: nil) }
    }
    writer.list("roles")
    if details.hasPhone {
      writer.part {
        $0.word("type", "home")
        $0.id("number", details.phone)
      }
    }
    writer.list("phones")
    if details.hasAddress {
      writer.part { part in
        part.word("type", "home")
        part.text("street") { details.writeStreet(to: $0) }
        part.word("city", details.city)
        part.word("state", "AZ")
        part.id("postcode", details.postcode)
      }
    }
    writer.list("addresses")
  }

  private func role(_ role: StaticString, at school: Int?) {
    writer.part {
      $0.word("role", role)
      if let school { $0.id("org", school) }
    }
  }

  /// Without any affiliation a person is just staff.
  static func role(_ row: StaffRow) -> StaticString {
    guard row.hasAffiliation else { return "staff" }
    return switch row.type {
    case .teacher: "teacher"
    case .substitute: "substitute"
    case .office, .lunch: "staff"
    }
  }

  private func onlyRole(_ row: StaffRow) {
    let school = district.schools[row.school].dcid
    writer.id("primaryOrg", school)
    writer.part {
      $0.word("role", Self.role(row))
      $0.id("org", school)
      $0.word("roleType", "primary")
    }
    writer.list("roles")
  }
}
