/// The rows of the six files. Columns are called after the canonical model's members.
struct CSVFiles {
  let district: District
  let writer: CSVWriter

  private func grade(_ grade: Int) { writer.cell { DistrictTruth.writeGrade(grade, to: $0) } }

  func orgs() {
    writer.header("sourcedId,name,orgType,lowGrade,highGrade")
    for school in district.schools {
      writer.id(school.dcid)
      writer.cell { school.writeName(to: $0) }
      writer.word("school")
      grade(school.lowGrade)
      grade(school.highGrade)
      writer.end()
    }
  }

  func sessions() {
    writer.header("sourcedId,parent,title,sessionType,schoolYear,code,school,beginDate,endDate")
    let year = district.plan.startYear
    for school in district.schools {
      let terms = Term.of(school, startYear: year, current: year)
      let whole = terms.first { $0.portion == 1 }
      for term in terms {
        writer.id(term.dcid)
        writer.cell { if let whole, term.portion != 1 { $0.append(whole.dcid) } }
        writer.cell { term.writeName(to: $0) }
        writer.word(DistrictTruth.sessionType(term))
        writer.id(year + 1)
        writer.word(term.abbreviation)
        writer.id(school.dcid)
        writer.date(term.begin)
        writer.date(term.end)
        writer.end()
      }
    }
  }

  func courses() {
    writer.header("sourcedId,title,code")
    var seen: Set<Course> = []
    for school in district.schools.prefix(3) {
      for course in district.courses(at: school) where seen.insert(course).inserted {
        writer.id(course.id)
        writer.cell { course.writeName(to: $0) }
        writer.cell { course.writeNumber(to: $0) }
        writer.end()
      }
    }
  }

  func classes() {
    writer.header("sourcedId,code,classType,course,school,sessions,periods")
    for index in 0..<district.base.sections {
      guard let section = district.section(index) else { continue }
      writer.id(section.id)
      writer.cell { section.writeNumber(to: $0) }
      writer.word("scheduled")
      writer.id(section.course.id)
      writer.id(district.schools[section.school].dcid)
      writer.id(section.term.dcid)
      writer.cell { section.writeExpression(to: $0) }
      writer.end()
    }
  }

  func users() {
    writer.header(
      "sourcedId,username,enabled,givenName,middleName,familyName,email,grades,enrollStatus,graduationYear,primaryOrg,role"
    )
    for index in district.current { student(district.student(Int(index))) }
    for person in 0..<district.base.people {
      if let row = district.rows(of: person).first { staff(row) }
    }
  }

  private func student(_ student: Student) {
    writer.cell { DistrictTruth.writeUserID(student, to: $0) }
    writer.cell { student.writeUsername(to: $0) }
    writer.word(student.status == .active ? "true" : "false")
    writer.word(student.given.display)
    writer.word(student.middle ?? "")
    writer.cell { student.writeFamily(to: $0) }
    writer.cell { if student.hasMail { student.writeMail(to: $0) } }
    grade(student.grade)
    writer.word(DistrictTruth.status(student.status))
    writer.cell { if student.graduation > 0 { $0.append(student.graduation) } }
    writer.id(district.schools[student.school].dcid)
    writer.word("student")
    writer.end()
  }

  private func staff(_ row: StaffRow) {
    let details = row.details
    writer.cell { DistrictTruth.writeUserID(row, to: $0) }
    writer.cell { if details.hasLogin { details.writeLogin(to: $0) } }
    writer.word("true")
    writer.cell { details.writeGiven(to: $0) }
    writer.cell { if details.hasMiddle { details.writeMiddle(to: $0) } }
    writer.cell { details.writeFamily(to: $0) }
    writer.cell { if details.hasMail { details.writeMail(to: $0) } }
    writer.empty()
    writer.empty()
    writer.empty()
    writer.id(district.schools[row.school].dcid)
    writer.word(DistrictTruth.role(row))
    writer.end()
  }

  func enrollments() {
    writer.header("sourcedId,status,school,user,class,role,primary,beginDate,endDate")
    for id in district.enrollmentIDs {
      guard let enrollment = district.enrollment(id: id) else { continue }
      writer.id(id)
      writer.word(enrollment.isDropped ? "dropped" : "")
      writer.cell { if let school = district.base.schoolOfSection(enrollment.section) { $0.append(school.dcid) } }
      writer.cell {
        $0.append("S")
        $0.append(Student.firstID + enrollment.student)
      }
      writer.id(Section.firstID + enrollment.section)
      writer.word("student")
      writer.empty()
      writer.date(enrollment.entry)
      writer.date(enrollment.last.flatMap { $0 >= enrollment.entry ? $0 : nil })
      writer.end()
    }
    var teachers = TeacherIDs(district: district)
    while let teacher = teachers.next() {
      writer.cell {
        $0.append(teacher.section)
        $0.append("-")
        DistrictTruth.writeUserID(teacher.row, to: $0)
      }
      writer.empty()
      writer.id(district.schools[teacher.school].dcid)
      writer.cell { DistrictTruth.writeUserID(teacher.row, to: $0) }
      writer.id(teacher.section)
      writer.word("teacher")
      writer.word("true")
      writer.empty()
      writer.empty()
      writer.end()
    }
  }
}
