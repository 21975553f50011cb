extension DistrictTruth {
  /// Student enrollments are called after a number, teachers' after their section and user: two ordered
  /// sequences, merged as they go.
  func enrollments() {
    let ids = district.enrollmentIDs
    var teachers = TeacherIDs(district: district)
    var teacher = readsTeachers ? teachers.next() : nil
    if reads(.sectionEnrollment), reads(.section) {
      for id in LexicalNumbers(ids) {
        guard let enrollment = district.enrollment(id: id) else { continue }
        while let due = teacher, due.precedes(id) {
          write(due)
          teacher = teachers.next()
        }
        write(enrollment)
      }
    }
    while let due = teacher {
      write(due)
      teacher = teachers.next()
    }
  }

  private var readsTeachers: Bool { reads(.section) && reads(.staff) }

  private func write(_ enrollment: Enrollment) {
    writer.line("enrollment") {
      writer.id("sourcedId", enrollment.id)
      if enrollment.isDropped { writer.word("status", "dropped") }
      if let school = district.base.schoolOfSection(enrollment.section) { writer.id("school", school.dcid) }
      writer.text("user") {
        $0.append("S")
        $0.append(Student.firstID + enrollment.student)
      }
      writer.id("class", Section.firstID + enrollment.section)
      writer.word("role", "student")
      writer.date("beginDate", enrollment.entry)
      if let last = enrollment.last, last >= enrollment.entry { writer.date("endDate", last) }
    }
  }

  private func write(_ teacher: TeacherIDs.Element) {
    writer.line("enrollment") {
      writer.text("sourcedId") {
        $0.append(teacher.section)
        $0.append("-")
        Self.writeUserID(teacher.row, to: $0)
      }
      writer.id("school", district.schools[teacher.school].dcid)
      writer.text("user") { Self.writeUserID(teacher.row, to: $0) }
      writer.id("class", teacher.section)
      writer.word("role", "teacher")
      writer.flag("primary", true)
    }
  }
}

/// The sections that have a lead teacher on the lists, in the bytewise order of `{section}-T{user}`.
struct TeacherIDs: IteratorProtocol {
  struct Element {
    let section: Int
    let school: Int
    let row: StaffRow

    /// `30000-T501` stands before `300001`, because `-` is below the digits.
    func precedes(_ id: Int) -> Bool {
      "\(section)-".utf8.lexicographicallyPrecedes("\(id)".utf8)
    }
  }

  private let district: District
  private var sections: [Int]

  /// Sorted with the `-` behind each number; no two sections have the same number, so the user's part
  /// decides nothing.
  init(district: District) {
    self.district = district
    let first = Section.firstID
    sections = (first..<first + district.base.sections).map { $0 }
    sections.sort { "\($0)-" < "\($1)-" }
    sections.reverse()
  }

  mutating func next() -> Element? {
    while let id = sections.popLast() {
      guard let section = district.section(id - Section.firstID), let staff = section.staff,
        let row = district.staffRow(id: staff)
      else { continue }
      return Element(section: id, school: section.school, row: row)
    }
    return nil
  }
}
