/// The district on its day: what every projection, and the truth, is made from.
package struct District: Sendable {
  let base: DistrictBase
  let changes: Changes
  /// Active and pre-registered students, in rising order of their ids.
  let current: [Int32]

  package var plan: DistrictPlan { base.plan }
  var schools: [School] { base.schools }

  package init(_ plan: DistrictPlan) {
    let base = DistrictBase(plan)
    let changes = Changes.played(on: base)
    var current: [Int32] = []
    current.reserveCapacity(plan.students + changes.arrivals.count)
    for index in 0..<plan.students where changes.students[index]?.hasLeft != true {
      current.append(Int32(truncatingIfNeeded: index))
    }
    for index in changes.arrivals.indices {
      current.append(Int32(truncatingIfNeeded: base.firstArrival + index))
    }
    self.base = base
    self.changes = changes
    self.current = current
  }

  // MARK: Students

  /// All students that were ever there, former ones included.
  var everyone: Int { base.firstArrival + changes.arrivals.count }

  func isCurrent(_ index: Int) -> Bool {
    guard (0..<everyone).contains(index) else { return false }
    if index >= plan.students { return index >= base.firstArrival }
    return changes.students[index]?.hasLeft != true
  }

  /// `index` within `0..<everyone`.
  func student(_ index: Int) -> Student {
    var draw = StudentDraw(index: index, plan: plan)
    if index >= base.firstArrival {
      let arrival = changes.arrivals[index - base.firstArrival]
      let school = schools[arrival.school]
      var change = StudentChange()
      change.movedOn = arrival.day
      return draw.student(
        school: school.index, cohortGrade: base.grade(school, cohort: arrival.cohort), base: .active,
        change: change)
    }
    let change = changes.students.isEmpty ? .none : changes.students[index] ?? .none
    let school = schools[change.movedTo ?? base.school(of: index)]
    let grade = base.grade(school, cohort: base.cohort(of: index))
    let formers: [EnrollStatus] = [.transferred, .graduated, .historical, .inactive]
    let status = index < plan.students ? .active : formers[index % 4]
    return draw.student(school: school.index, cohortGrade: grade, base: status, change: change)
  }

  // MARK: Sections

  /// `index` within `0..<base.sections`.
  func section(_ index: Int) -> Section? {
    guard let school = base.schoolOfSection(index) else { return nil }
    let place = index - school.firstSection
    let terms = Term.of(school, startYear: plan.startYear, current: plan.startYear)
    if place == school.sections - 1 {
      return Section(
        index: index, school: school.index, cohort: nil, slot: 0, course: .studyHall, term: terms[0],
        staff: staff(at: school, section: index, place: place))
    }
    let cohort = place / plan.enrollmentsPerStudent
    let slot = place % plan.enrollmentsPerStudent
    let term = slot % 3 == 2 ? terms[1 + (cohort + slot) % (terms.count - 1)] : terms[0]
    return Section(
      index: index, school: school.index, cohort: cohort, slot: slot,
      course: Course(grade: base.grade(school, cohort: cohort), slot: slot), term: term,
      staff: staff(at: school, section: index, place: place))
  }

  private func staff(at school: School, section: Int, place: Int) -> Int? {
    if plan.hasTeacherlessSections, section % 23 == 7 { return nil }
    if section % 97 == 5 { return StaffRow.firstID + base.people * 2 + section }
    let rows = visitors(at: school)
    if !rows.isEmpty, section % 11 == 3 { return rows[section % rows.count].id }
    return row(of: school.firstPerson + place / 5 % school.teachers, at: school).id
  }

  // MARK: Enrollments

  /// The enrollments of a section in the vendor's order: student, then entry.
  func enrollments(of index: Int) -> [Enrollment] {
    guard let section = section(index) else { return [] }
    var found: [Enrollment] = []
    if let cohort = section.cohort {
      let school = schools[section.school]
      for student in base.members(of: cohort, slot: section.slot, at: school) where isCurrent(student) {
        found.append(enrollment(of: student, slot: section.slot, in: section))
      }
    }
    guard let added = changes.addedBySection[index] else { return found }
    for at in added where isCurrent(changes.added[at].student) { found.append(enrollment(added: at, in: section)) }
    found.sort { ($0.student, $0.entry.number, $0.id) < ($1.student, $1.entry.number, $1.id) }
    return found
  }

  /// All ids that an enrollment may have; some are gone with their students.
  var enrollmentIDs: Range<Int> {
    Enrollment.firstID
      ..< Enrollment.firstID + plan.students * plan.enrollmentsPerStudent + changes.added.count
  }

  func enrollment(id: Int) -> Enrollment? {
    guard enrollmentIDs.contains(id) else { return nil }
    let at = id - Enrollment.firstID
    let days = plan.students * plan.enrollmentsPerStudent
    if at >= days {
      let added = changes.added[at - days]
      guard isCurrent(added.student), let section = section(added.section) else { return nil }
      return enrollment(added: at - days, in: section)
    }
    let student = at / plan.enrollmentsPerStudent
    let slot = at % plan.enrollmentsPerStudent
    guard isCurrent(student), let section = section(base.section(of: student, slot: slot)) else { return nil }
    return enrollment(of: student, slot: slot, in: section)
  }

  private func enrollment(of student: Int, slot: Int, in section: Section) -> Enrollment {
    let at = student * plan.enrollmentsPerStudent + slot
    var draws = SplitMix64(seed: plan.seed, stream: .enrollment, index: at)
    let kind = draws.below(1000)
    let dropped = changes.dropped.isEmpty ? nil : changes.dropped[at]
    var last: CivilDay? = section.term.end
    switch kind {
    case ..<20: last = section.term.begin - 1
    case ..<45: last = section.term.begin + 20
    case ..<65: last = nil
    default: break
    }
    if let dropped { last = dropped - 1 }
    return Enrollment(
      id: Enrollment.firstID + at, section: section.index, student: student, entry: section.term.begin,
      last: last, isDropped: dropped != nil || (20..<45).contains(kind))
  }

  private func enrollment(added at: Int, in section: Section) -> Enrollment {
    let added = changes.added[at]
    return Enrollment(
      id: Enrollment.firstID + plan.students * plan.enrollmentsPerStudent + at, section: section.index,
      student: added.student, entry: added.entry, last: added.droppedOn.map { $0 - 1 } ?? section.term.end,
      isDropped: added.droppedOn != nil)
  }
}
