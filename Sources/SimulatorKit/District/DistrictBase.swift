/// The district on day 0: the plan and what follows from it by counting. Everything else is derived on demand.
///
/// Student `i` goes to school `i mod schools`, as the `p`-th of it; 25 in a row are a cohort, cohorts take the
/// school's grades in turn. For slot `k` of the timetable the students of one grade are dealt anew over that
/// grade's cohorts (member `j` moves on by `j * k`), so that a section mixes students, and yet both directions,
/// student to sections and section to students, are a formula.
struct DistrictBase: Sendable {
  let plan: DistrictPlan
  let schools: [School]
  /// Former students, numbered behind the current ones.
  let formers: Int
  let people: Int
  let sections: Int

  init(_ plan: DistrictPlan) {
    self.plan = plan
    let count = plan.schools > 0 ? plan.schools : max(3, (plan.students + 599) / 600)
    formers = plan.students * 3 / 100 + 4
    var section = 0
    var person = 0
    var schools: [School] = []
    for index in 0..<count {
      let students = plan.students / count + (index < plan.students % count ? 1 : 0)
      let cohorts = (students + School.cohortSize - 1) / School.cohortSize
      let sections = cohorts * plan.enrollmentsPerStudent + 1
      let teachers = max(2, (sections + 4) / 5)
      schools.append(
        School(
          index: index, level: SchoolLevel(rawValue: index % 3) ?? .high, students: students,
          firstSection: section, sections: sections, firstPerson: person, teachers: teachers,
          people: teachers + 3))
      section += sections
      person += teachers + 3
    }
    self.schools = schools
    sections = section
    people = person
  }

  var firstArrival: Int { plan.students + formers }
  func school(of student: Int) -> Int { student % schools.count }
  func cohort(of student: Int) -> Int { student / schools.count / School.cohortSize }

  func grade(_ school: School, cohort: Int) -> Int {
    school.level.grades.lowerBound + cohort % school.level.grades.count
  }

  func section(_ school: School, cohort: Int, slot: Int) -> Int {
    school.firstSection + cohort * plan.enrollmentsPerStudent + slot
  }

  /// The cohort in whose section student `j` of `cohort` sits in this slot. `sign` -1 answers the reverse.
  private func dealt(_ school: School, cohort: Int, member: Int, slot: Int, sign: Int) -> Int {
    let grades = school.level.grades.count
    let inGrade = (school.cohorts - cohort % grades + grades - 1) / grades
    guard inGrade > 1 else { return cohort }
    let moved = (cohort / grades + sign * member * slot) % inGrade
    return cohort % grades + grades * (moved < 0 ? moved + inGrade : moved)
  }

  /// The section where a student of day 0 sits in a slot.
  func section(of student: Int, slot: Int) -> Int {
    let school = schools[school(of: student)]
    let place = student / schools.count
    let cohort = dealt(
      school, cohort: place / School.cohortSize, member: place % School.cohortSize, slot: slot, sign: 1)
    return section(school, cohort: cohort, slot: slot)
  }

  /// The students of day 0 who sit in a slot of a cohort, in rising order.
  func members(of cohort: Int, slot: Int, at school: School) -> [Int] {
    var members: [Int] = []
    for member in 0..<School.cohortSize {
      let home = dealt(school, cohort: cohort, member: member, slot: slot, sign: -1)
      let place = home * School.cohortSize + member
      if place < school.students { members.append(place * schools.count + school.index) }
    }
    members.sort()
    return members
  }

  /// The school whose section this is: a binary search, as there may be thousands.
  func schoolOfSection(_ section: Int) -> School? {
    guard (0..<sections).contains(section) else { return nil }
    return schools.last(where: section) { $0.firstSection }
  }

  func schoolOfPerson(_ person: Int) -> School? {
    guard (0..<people).contains(person) else { return nil }
    return schools.last(where: person) { $0.firstPerson }
  }
}

extension Array {
  /// The last element whose key is not above `value`; keys rise.
  fileprivate func last(where value: Int, _ key: (Element) -> Int) -> Element? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if key(self[middle]) <= value { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? self[low - 1] : nil
  }
}
