/// Puts the district's things into the small API's words, one element a call.
struct SmallAPIRenderer {
  let writer: PayloadWriter
  let district: District

  func element(_ key: SmallAPICollection.Key, of collection: SmallAPICollection) {
    switch collection {
    case .schools: school(district.schools[key])
    case .people:
      if key >= 0 {
        student(district.student(key))
      } else if let row = district.rows(of: -1 - key).first {
        staff(row)
      }
    case .groups: if let section = district.section(key) { group(section) }
    case .memberships:
      if key < 0 {
        if let section = district.section(-1 - key) { leader(of: section) }
      } else if let enrollment = district.enrollment(id: key) {
        member(enrollment)
      }
    }
  }

  /// The id of an element, as the list of removals names it.
  func writeID(_ key: SmallAPICollection.Key, of collection: SmallAPICollection, to out: ByteBuffer) {
    switch collection {
    case .schools: out.append(district.schools[key].dcid)
    case .people:
      out.append(key < 0 ? "T" : "S")
      out.append(key < 0 ? StaffRow.firstUser - 1 - key : Student.firstID + key)
    case .groups: out.append(Section.firstID + key)
    case .memberships:
      guard key < 0 else { return out.append(key) }
      if let section = district.section(-1 - key) { writeLeaderID(of: section, to: out) }
    }
  }

  // MARK: Elements

  private func school(_ school: School) {
    writer.openElement("school")
    writer.number("id", school.dcid)
    writer.text("name") { school.writeName(to: $0) }
    writer.number("lowestGrade", school.lowGrade)
    writer.number("highestGrade", school.highGrade)
    writer.close("school")
  }

  private func student(_ student: Student) {
    writer.escapesAll = student.isEscaped
    writer.openElement("person")
    writer.text("id") { DistrictTruth.writeUserID(student, to: $0) }
    writer.word("kind", "student")
    writer.number("number", student.number)
    writer.text("login") { student.writeUsername(to: $0) }
    writer.text("first") { $0.append(student.given.display) }
    if let middle = student.middle {
      writer.text("middle") { $0.append(middle) }
    } else {
      writer.null("middle")
    }
    writer.text("last") { student.writeFamily(to: $0) }
    if student.hasMail { writer.text("email") { student.writeMail(to: $0) } } else { writer.null("email") }
    writer.number("grade", student.grade)
    writer.number("school", district.schools[student.school].dcid)
    writer.word("state", student.status == .preRegistered ? "pending" : "enrolled")
    if student.graduation > 0 { writer.number("graduates", student.graduation) }
    if student.ridesBus { writer.text("bus") { student.writeBus(to: $0) } }
    writer.close("person")
    writer.escapesAll = false
  }

  private func staff(_ row: StaffRow) {
    let details = row.details
    writer.openElement("person")
    writer.text("id") { DistrictTruth.writeUserID(row, to: $0) }
    writer.text("kind") { $0.append(DistrictTruth.role(row)) }
    if details.hasLogin { writer.text("login") { details.writeLogin(to: $0) } } else { writer.null("login") }
    writer.text("first") { details.writeGiven(to: $0) }
    if details.hasMiddle {
      writer.text("middle") { details.writeMiddle(to: $0) }
    } else {
      writer.null("middle")
    }
    writer.text("last") { details.writeFamily(to: $0) }
    if details.hasMail { writer.text("email") { details.writeMail(to: $0) } } else { writer.null("email") }
    writer.number("school", district.schools[row.school].dcid)
    writer.close("person")
  }

  private func group(_ section: Section) {
    writer.openElement("group")
    writer.number("id", section.id)
    writer.text("title") { section.course.writeName(to: $0) }
    writer.text("code") { section.writeNumber(to: $0) }
    writer.number("school", district.schools[section.school].dcid)
    writer.text("meets") { section.writeExpression(to: $0) }
    writer.close("group")
  }

  private func member(_ enrollment: Enrollment) {
    writer.openElement("membership")
    writer.text("id") { $0.append(enrollment.id) }
    writer.number("group", Section.firstID + enrollment.section)
    writer.text("person") {
      $0.append("S")
      $0.append(Student.firstID + enrollment.student)
    }
    if let school = district.base.schoolOfSection(enrollment.section) { writer.number("school", school.dcid) }
    writer.word("role", "member")
    writer.date("from", enrollment.entry)
    // One who never came has no last day.
    if let last = enrollment.last, last >= enrollment.entry {
      writer.date("to", last)
    } else {
      writer.null("to")
    }
    writer.flag("dropped", enrollment.isDropped)
    writer.close("membership")
  }

  /// A group without a leader has the place all the same: its person is null.
  private func leader(of section: Section) {
    writer.openElement("membership")
    writer.text("id") { writeLeaderID(of: section, to: $0) }
    writer.number("group", section.id)
    if let row = leadRow(of: section) {
      writer.text("person") { DistrictTruth.writeUserID(row, to: $0) }
    } else {
      writer.null("person")
    }
    writer.number("school", district.schools[section.school].dcid)
    writer.word("role", "leader")
    writer.close("membership")
  }

  private func leadRow(of section: Section) -> StaffRow? {
    section.staff.flatMap { district.staffRow(id: $0) }
  }

  private func writeLeaderID(of section: Section, to out: ByteBuffer) {
    out.append(section.id)
    out.append("-")
    if let row = leadRow(of: section) {
      DistrictTruth.writeUserID(row, to: out)
    } else {
      out.append("nobody")
    }
  }
}

extension Student {
  /// What no roster standard has a place for: two of three students come by bus.
  var ridesBus: Bool { index % 3 != 2 }

  func writeBus(to out: ByteBuffer) {
    out.append("B")
    out.append(1 + index % 17)
  }
}
