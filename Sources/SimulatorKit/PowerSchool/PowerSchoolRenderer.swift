/// Puts the district's things into PowerSchool's words (sis-apis.md 2.5), one element a call.
struct PowerSchoolRenderer {
  let writer: PayloadWriter
  let district: District
  let quirks: QuirkSet

  /// What a request asks for besides the core fields.
  struct Expansions: OptionSet {
    let rawValue: Int
    static let demographics = Expansions(rawValue: 1)
    static let addresses = Expansions(rawValue: 2)
    static let phones = Expansions(rawValue: 4)
    static let enrollment = Expansions(rawValue: 8)
    static let ethnicity = Expansions(rawValue: 16)
    static let contact = Expansions(rawValue: 32)
    static let contactInfo = Expansions(rawValue: 64)
    static let emails = Expansions(rawValue: 128)
    static let affiliations = Expansions(rawValue: 256)
    static let term = Expansions(rawValue: 512)
    static let principal = Expansions(rawValue: 1024)

    /// From `expansions=a,b`; names that do not exist are passed over.
    init(list: String) {
      var all: Expansions = []
      for name in list.split(whereSeparator: { $0 == "," || $0 == " " }) {
        switch name {
        case "demographics": all.insert(.demographics)
        case "addresses": all.insert(.addresses)
        case "phones": all.insert(.phones)
        case "school_enrollment": all.insert(.enrollment)
        case "ethnicity_race": all.insert(.ethnicity)
        case "contact": all.insert(.contact)
        case "contact_info": all.insert(.contactInfo)
        case "emails": all.insert(.emails)
        case "school_affiliations": all.insert(.affiliations)
        case "term": all.insert(.term)
        case "principal": all.insert(.principal)
        default: break
        }
      }
      self = all
    }

    init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// An expansion that was asked for and has nothing in it (PS-Q02).
  func nothing(_ name: StaticString) {
    if quirks[.emptyExpansion] { return writer.empty(name) }
    writer.open(name)
    writer.close(name)
  }

  func school(_ school: School, _ expansions: Expansions) {
    writer.openElement("school")
    writer.number("id", school.dcid)
    writer.text("name") { school.writeName(to: $0) }
    writer.number("school_number", school.number)
    if school.hasStateID { writer.text("state_province_id") { school.writeStateID(to: $0) } }
    writer.number("low_grade", school.lowGrade)
    writer.number("high_grade", school.highGrade)
    writer.number("alternate_school_number", 0)
    if expansions.contains(.addresses) { nothing("addresses") }
    if expansions.contains(.phones) {
      writer.open("phones")
      writer.open("main")
      writer.word("number", "480-555-0100")
      writer.close("main")
      writer.close("phones")
    }
    if expansions.contains(.principal) { nothing("principal") }
    writer.close("school")
  }

  func term(_ term: Term) {
    writer.openElement("term")
    termMembers(term)
    writer.close("term")
  }

  private func termMembers(_ term: Term) {
    writer.number("id", term.dcid)
    writer.number("local_id", term.localID)
    writer.number("school_id", district.schools[term.school].dcid)
    writer.number("start_year", term.startYear)
    writer.number("portion", term.portion)
    writer.date("start_date", term.begin)
    writer.date("end_date", term.end)
    writer.word("abbreviation", term.abbreviation)
    writer.text("name") { term.writeName(to: $0) }
  }

  func course(_ course: Course) {
    writer.openElement("course")
    writer.number("id", course.id)
    writer.text("course_number") { course.writeNumber(to: $0) }
    writer.text("course_name") { course.writeName(to: $0) }
    writer.close("course")
  }

  func section(_ section: Section, _ expansions: Expansions) {
    writer.openElement("section")
    writer.number("id", section.id)
    writer.number("school_id", district.schools[section.school].dcid)
    writer.number("course_id", section.course.id)
    if let staff = section.staff { writer.number("staff_id", staff) }
    writer.number("term_id", section.term.dcid)
    writer.text("section_number") { section.writeNumber(to: $0) }
    writer.text(section.isExternal ? "external_expression" : "expression") { section.writeExpression(to: $0) }
    writer.number("gradebooktype", 2)
    if expansions.contains(.term) {
      writer.open("term")
      termMembers(section.term)
      writer.close("term")
    }
    writer.close("section")
  }

  func enrollment(_ enrollment: Enrollment) {
    writer.openElement("section_enrollment")
    writer.number("id", enrollment.id)
    writer.number("section_id", Section.firstID + enrollment.section)
    writer.number("student_id", Student.firstID + enrollment.student)
    writer.date("entry_date", enrollment.entry)
    if let last = enrollment.last { writer.date("exit_date", last + 1) }
    writer.flag("dropped", enrollment.isDropped)
    writer.close("section_enrollment")
  }

  func staff(_ row: StaffRow, _ expansions: Expansions) {
    let details = row.details
    writer.openElement("staff")
    writer.number("id", row.id)
    if let number = details.localNumber, quirks[.numbersForText] {
      writer.number("local_id", number)
    } else {
      writer.text("local_id") { details.writeLocalID(to: $0) }
    }
    if details.hasLogin {
      writer.text(details.hasTeacherLogin ? "teacher_username" : "admin_username") { details.writeLogin(to: $0) }
    }
    writer.open("name")
    writer.text("first_name") { details.writeGiven(to: $0) }
    if details.hasMiddle { writer.text("middle_name") { details.writeMiddle(to: $0) } }
    writer.text("last_name") { details.writeFamily(to: $0) }
    writer.close("name")
    if expansions.contains(.addresses) { address(of: details) }
    if expansions.contains(.emails) {
      if details.hasMail {
        writer.open("emails")
        writer.text("work_email") { details.writeMail(to: $0) }
        writer.close("emails")
      } else {
        nothing("emails")
      }
    }
    if expansions.contains(.phones) {
      if details.hasPhone {
        writer.open("phones")
        writer.digits("home_phone", details.phone, asNumber: quirks[.numbersForText])
        writer.close("phones")
      } else {
        nothing("phones")
      }
    }
    if expansions.contains(.affiliations) { affiliations(of: row) }
    writer.number("users_dcid", row.usersDCID)
    writer.close("staff")
  }

  private func address(of details: StaffDetails) {
    guard details.hasAddress else { return nothing("addresses") }
    writer.open("addresses")
    writer.open("home")
    writer.text("street") { details.writeStreet(to: $0) }
    writer.word("city", details.city)
    writer.word("state_province", "AZ")
    writer.digits("postal_code", details.postcode, asNumber: quirks[.numbersForText])
    writer.close("home")
    writer.close("addresses")
  }

  private func affiliations(of row: StaffRow) {
    guard row.hasAffiliation else { return nothing("school_affiliations") }
    let former = row.person % 6 == 2
    let count = 1 + (row.isAtOffice ? 1 : 0) + (former ? 1 : 0)
    let single = count == 1 && quirks[.singleAsObject]
    writer.open("school_affiliations")
    writer.openList("school_affiliation", single: single)
    affiliation(school: district.schools[row.school].dcid, type: row.type.rawValue, status: 1)
    if row.isAtOffice { affiliation(school: 0, type: row.type.rawValue, status: 1) }
    // Where the person worked before: not a role any more.
    if former { affiliation(school: district.schools[0].dcid, type: 1, status: 2) }
    writer.closeList(single: single)
    writer.close("school_affiliations")
  }

  private func affiliation(school: Int, type: Int, status: Int) {
    writer.openElement("school_affiliation")
    writer.number("school_id", school)
    writer.number("type", type)
    writer.number("status", status)
    writer.close("school_affiliation")
  }
}
