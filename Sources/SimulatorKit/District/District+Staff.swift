extension District {
  /// The rows of a school in rising order of their ids: its own people, and those who visit.
  func staff(at school: School) -> [StaffRow] {
    var rows = (0..<school.people).map { row(of: school.firstPerson + $0, at: school) }
    rows += visitors(at: school)
    rows.sort { $0.id < $1.id }
    return rows
  }

  /// Teachers of the school before this one who teach here too: one of twenty.
  func visitors(at school: School) -> [StaffRow] {
    guard schools.count > 1, plan.sharesStaff else { return [] }
    let home = schools[(school.index + schools.count - 1) % schools.count]
    return stride(from: 1, to: home.teachers, by: 20).map { row(of: home.firstPerson + $0, at: school) }
  }

  /// Both rows of a person, or the only one; the lowest id first.
  func rows(of person: Int) -> [StaffRow] {
    guard let home = base.schoolOfPerson(person) else { return [] }
    var rows = [row(of: person, at: home)]
    if visits(person, from: home) {
      rows.append(row(of: person, at: schools[(home.index + 1) % schools.count]))
    }
    rows.sort { $0.id < $1.id }
    return rows
  }

  private func visits(_ person: Int, from home: School) -> Bool {
    let place = person - home.firstPerson
    return plan.sharesStaff && schools.count > 1 && place < home.teachers && place % 20 == 1
  }

  func row(of person: Int, at school: School) -> StaffRow {
    let home = base.schoolOfPerson(person)
    let place = person - (home?.firstPerson ?? 0)
    let teachers = home?.teachers ?? 0
    let type: StaffType =
      place < teachers ? .teacher : [.office, .lunch, .substitute][(place - teachers) % 3]
    return StaffRow(
      seed: plan.seed, person: person, school: school.index, isVisitor: school.index != home?.index,
      type: type, hasAffiliation: place % 20 != 6, isAtOffice: type == .office && school.index % 2 == 0)
  }

  /// The person behind a SCHOOLSTAFF id, where one of the lists has it.
  func staffRow(id: Int) -> StaffRow? {
    let offset = id - StaffRow.firstID
    guard offset >= 0, offset < base.people * 2 else { return nil }
    return rows(of: offset / 2).first { $0.id == id }
  }

  /// The courses of a school in the vendor's order: by course number.
  func courses(at school: School) -> [Course] {
    var courses: [Course] = []
    for grade in school.level.grades {
      for slot in 0..<plan.enrollmentsPerStudent { courses.append(Course(grade: grade, slot: slot)) }
    }
    var keyed: [(key: String, course: Course)] = courses.map { course in
      let key = ByteBuffer(capacity: 16)
      course.writeNumber(to: key)
      return (key.text, course)
    }
    keyed.sort { $0.key < $1.key }
    return keyed.map(\.course) + [.studyHall]
  }
}

extension District {
  func offers(_ course: Course, at school: School) -> Bool {
    course == .studyHall
      || school.level.grades.contains(course.grade) && course.slot < plan.enrollmentsPerStudent
  }
}
