/// How a student is drawn: what stays for life, then what depends on where the student goes to school today.
struct StudentDraw {
  let index: Int
  let startYear: Int
  private var draws: SplitMix64
  private let seed: UInt64

  init(index: Int, plan: DistrictPlan) {
    self.index = index
    startYear = plan.startYear
    seed = plan.seed
    draws = SplitMix64(seed: plan.seed, stream: .student, index: index)
  }

  /// `grade` is the cohort's; `change` what later days have done.
  mutating func student(school: Int, cohortGrade: Int, base: EnrollStatus, change: StudentChange) -> Student {
    let given = NamePool.given[draws.below(NamePool.given.count)]
    var family = NamePool.family[draws.below(NamePool.family.count)]
    var family2 = draws.chance(5) ? NamePool.family[draws.below(NamePool.family.count)] : nil
    let middle = draws.chance(70) ? NamePool.middle[draws.below(NamePool.middle.count)] : nil
    let sex = draws.below(100)
    let birthOffset = draws.below(365)
    let hasBirth = !draws.chance(1)
    let exotic = draws.below(1000)
    let hasStateID = draws.chance(90)
    let hasPhone = draws.chance(90)
    let hasMail = draws.chance(95)
    if change.names > 0 {
      var renamed = SplitMix64(seed: seed &+ UInt64(change.names), stream: .change, index: index)
      // Never the same name again, so that a rename is always a change.
      let at = 1 + renamed.below(NamePool.family.count - 1)
      family = NamePool.family[(familyIndex(family) + at) % NamePool.family.count]
      family2 = nil
    }
    let home = home(editions: change.homes)
    let status: EnrollStatus =
      change.hasLeft ? .transferred : base == .active && exotic >= 975 ? .preRegistered : base
    let grade = status == .graduated ? 99 : special(cohortGrade, exotic)
    let first = CivilDay(startYear, 8, 11)
    let entry = status == .preRegistered ? CivilDay(startYear + 1, 1, 6) : first + (exotic < 60 ? exotic : 0)
    let last = exotic < 5 ? entry - 1 : CivilDay(startYear + 1, 5, 29)
    return Student(
      index: index, given: given, middle: middle, family: family, family2: family2,
      gender: sex < 48 ? "F" : sex < 96 ? "M" : sex < 98 ? "X" : nil,
      birth: hasBirth ? CivilDay(startYear - 5 - min(max(cohortGrade, -1), 13), 9, 1) - birthOffset : nil,
      school: school, grade: grade, status: status, entry: change.movedOn ?? entry, last: last,
      graduation: (0...12).contains(cohortGrade) && !(10..<15).contains(exotic)
        ? startYear + 13 - cohortGrade : 0,
      hasStateID: hasStateID, hasPhone: hasPhone, hasMail: hasMail, mailEdition: change.mails, home: home)
  }

  private func familyIndex(_ name: PersonName) -> Int {
    NamePool.family.firstIndex { $0.display.utf8Start == name.display.utf8Start } ?? 0
  }

  /// Grades that only few have: preschool for three-year-olds, a thirteenth year, "graduated" by mistake.
  private func special(_ grade: Int, _ exotic: Int) -> Int {
    switch exotic {
    case 900..<950 where grade == -1: -2
    case 900..<910 where grade == 12: 13
    case 910..<915 where grade == 12: 99
    default: grade
    }
  }

  private mutating func home(editions: Int) -> Home? {
    var draws = SplitMix64(draws.next() &+ UInt64(editions))
    let street = NamePool.streets[draws.below(NamePool.streets.count)]
    let city = NamePool.cities[draws.below(NamePool.cities.count)]
    let postcode = draws.chance(10) ? 7000 + draws.below(900) : 85_201 + draws.below(95)
    let home = Home(
      number: 1 + draws.below(9000), street: street, city: city, postcode: postcode,
      apartment: draws.chance(6) ? 1 + draws.below(40) : nil, postBox: draws.chance(20) ? 1 + draws.below(900) : 0)
    return editions == 0 && draws.chance(3) ? nil : home
  }
}

/// What the days after day 0 have done to one student.
struct StudentChange: Sendable, Equatable {
  var hasLeft = false
  /// How often the name, the home and the mail address changed.
  var names = 0
  var homes = 0
  var mails = 0
  var movedTo: Int?
  var movedOn: CivilDay?

  static let none = StudentChange()
}
