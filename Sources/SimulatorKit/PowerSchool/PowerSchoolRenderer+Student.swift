extension PowerSchoolRenderer {
  func student(_ student: Student, _ expansions: Expansions) {
    writer.escapesAll = student.isEscaped
    writer.openElement("student")
    writer.number("id", student.dcid)
    writer.number("local_id", student.number)
    if student.hasStateID { writer.text("state_province_id") { student.writeStateID(to: $0) } }
    writer.text("student_username") { student.writeUsername(to: $0) }
    writer.open("name")
    writer.text("first_name", padded: student.hasPaddedName) { $0.append(student.given.display) }
    if let middle = student.middle { writer.text("middle_name") { $0.append(middle) } }
    writer.text("last_name") { student.writeFamily(to: $0) }
    writer.close("name")
    if expansions.contains(.demographics) { demographics(student) }
    if expansions.contains(.addresses) { addresses(student) }
    if expansions.contains(.phones) { phones(student) }
    if expansions.contains(.enrollment) { enrollment(student) }
    if expansions.contains(.ethnicity) { ethnicity(student) }
    if expansions.contains(.contact) { nothing("contact") }
    if expansions.contains(.contactInfo) {
      if student.hasMail {
        writer.open("contact_info")
        writer.text("email") { student.writeMail(to: $0) }
        writer.close("contact_info")
      } else {
        nothing("contact_info")
      }
    }
    writer.close("student")
    writer.escapesAll = false
  }

  private func demographics(_ student: Student) {
    writer.open("demographics")
    if let gender = student.gender { writer.word("gender", gender) }
    if let birth = student.birth { writer.date("birth_date", birth) }
    writer.date("district_entry_date", student.entry)
    writer.number("projected_graduation_year", student.graduation)
    writer.close("demographics")
  }

  private func addresses(_ student: Student) {
    guard let home = student.home else { return nothing("addresses") }
    writer.open("addresses")
    writer.open("physical")
    writer.text("street") { home.writeStreet(to: $0) }
    place(home)
    writer.close("physical")
    if home.postBox > 0 {
      writer.open("mailing")
      writer.text("street") { home.writeMailStreet(to: $0) }
      place(home)
      writer.close("mailing")
    }
    writer.close("addresses")
  }

  private func place(_ home: Home) {
    writer.text("city") { $0.append(home.city) }
    writer.word("state_province", "AZ")
    // A number would lose a zero in front: those stay text.
    writer.digits(
      "postal_code", home.postcode, width: 5, asNumber: quirks[.numbersForText] && home.postcode >= 10_000)
  }

  private func phones(_ student: Student) {
    guard student.hasPhone else { return nothing("phones") }
    writer.open("phones")
    writer.open("main")
    writer.text("number") { student.writePhone(to: $0) }
    writer.close("main")
    writer.close("phones")
  }

  private func enrollment(_ student: Student) {
    let school = district.schools[student.school]
    writer.open("school_enrollment")
    if quirks[.spellings] {
      writer.number("status_code", student.status.code)
    } else {
      writer.word("enroll_status", student.status.letter)
      writer.word("enroll_status_description", student.status.word)
      writer.number("enroll_status_code", student.status.code)
    }
    writer.number("grade_level", student.grade)
    writer.date("entry_date", student.entry)
    writer.date("exit_date", student.last + 1)
    writer.number("school_number", student.isAtGraduatesSchool ? 999_999 : school.number)
    writer.number("school_id", student.isAtGraduatesSchool ? 2 : school.dcid)
    writer.word("entry_code", "E1")
    writer.open(quirks[.spellings] ? "full_time_equivelancy" : "full_time_equivalency")
    writer.number("fteid", 971)
    writer.word("name", "Full")
    writer.close(quirks[.spellings] ? "full_time_equivelancy" : "full_time_equivalency")
    writer.close("school_enrollment")
  }

  private func ethnicity(_ student: Student) {
    let count = 1 + (student.index % 4 == 3 ? 1 : 0)
    writer.open("ethnicity_race")
    writer.word("federal_ethnicity", student.index % 3 == 0 ? "YES" : "NO")
    writer.openList("races", single: count == 1 && quirks[.singleAsObject])
    for code in [StaticString("W"), "A"].prefix(count) {
      writer.openElement("race")
      writer.word("district_race_code", code)
      writer.close("race")
    }
    writer.closeList(single: count == 1 && quirks[.singleAsObject])
    writer.close("ethnicity_race")
  }
}
