/// What happened in a district from day 1 to its day: kept beside the plan, in memory in proportion to the
/// changes and not to the district.
struct Changes: Sendable {
  /// A student who came later, and the school and cohort he or she joined.
  struct Arrival: Sendable {
    let school: Int
    let cohort: Int
    let day: CivilDay
  }

  /// An enrollment that a later day added.
  struct Added: Sendable {
    let student: Int
    let section: Int
    let entry: CivilDay
    var droppedOn: CivilDay?
  }

  private(set) var students: [Int: StudentChange] = [:]
  private(set) var arrivals: [Arrival] = []
  private(set) var added: [Added] = []
  private(set) var addedBySection: [Int: [Int]] = [:]
  private var addedByStudent: [Int: [Int]] = [:]
  /// Enrollments of day 0 (counted from 0) that were dropped, and when.
  private(set) var dropped: [Int: CivilDay] = [:]

  /// Leaves, arrivals, new names, moves, new sections, new homes: in shares of 100.
  static let leaveShare = 15
  static let nameShare = 35
  static let moveShare = 12
  static let sectionShare = 23
  static let arrivalShare = 15.0

  static let none = Changes()

  /// Plays all days up to the plan's on the district of day 0.
  static func played(on base: DistrictBase) -> Changes {
    var changes = Changes()
    guard base.plan.day > 0, base.plan.change > 0 else { return changes }
    for day in 1...base.plan.day { changes.play(day, on: base) }
    return changes
  }

  private mutating func play(_ day: Int, on base: DistrictBase) {
    let plan = base.plan
    let date = CivilDay(plan.startYear, 10, 10) + day
    let threshold = Int(plan.change * 10_000)
    let seed = plan.seed &+ UInt64(day) &* 0x1000_0000_01B3
    for index in 0..<plan.students {
      var draws = SplitMix64(seed: seed, stream: .change, index: index)
      guard draws.below(1_000_000) < threshold else { continue }
      change(index, by: &draws, on: date, base: base)
    }
    let newcomers = Int((Double(plan.students) * plan.change / 100 * Self.arrivalShare / 100).rounded(.up))
    for _ in 0..<newcomers {
      var draws = SplitMix64(seed: seed, stream: .arrival, index: arrivals.count)
      let school = base.schools[draws.below(base.schools.count)]
      let cohort = draws.below(school.cohorts)
      let student = base.firstArrival + arrivals.count
      arrivals.append(Arrival(school: school.index, cohort: cohort, day: date))
      enroll(student, in: school, cohort: cohort, on: date, base: base)
    }
  }

  private mutating func change(_ index: Int, by draws: inout SplitMix64, on date: CivilDay, base: DistrictBase) {
    var change = students[index] ?? .none
    guard !change.hasLeft else { return }
    let kind = draws.below(100)
    switch kind {
    case ..<Self.leaveShare:
      change.hasLeft = true
    case ..<(Self.leaveShare + Self.nameShare):
      change.names += 1
    case ..<(Self.leaveShare + Self.nameShare + Self.moveShare) where base.schools.count > 1:
      let from = change.movedTo ?? base.school(of: index)
      let to = base.schools[(from + 1 + draws.below(base.schools.count - 1)) % base.schools.count]
      change.movedTo = to.index
      change.movedOn = date
      dropAll(of: index, on: date, base: base)
      enroll(index, in: to, cohort: draws.below(to.cohorts), on: date, base: base)
    case ..<(Self.leaveShare + Self.nameShare + Self.moveShare + Self.sectionShare)
    where base.plan.enrollmentsPerStudent > 0 && change.movedTo == nil:
      let slot = draws.below(base.plan.enrollmentsPerStudent)
      let school = base.schools[base.school(of: index)]
      dropped[index * base.plan.enrollmentsPerStudent + slot] = date
      add(index, section: school.firstSection + draws.below(max(1, school.sections - 1)), on: date)
    default:
      change.homes += 1
      if draws.chance(50) { change.mails += 1 }
    }
    students[index] = change
  }

  private mutating func dropAll(of index: Int, on date: CivilDay, base: DistrictBase) {
    for slot in 0..<base.plan.enrollmentsPerStudent {
      let enrollment = index * base.plan.enrollmentsPerStudent + slot
      if dropped[enrollment] == nil { dropped[enrollment] = date }
    }
    for at in addedByStudent[index] ?? [] where added[at].droppedOn == nil { added[at].droppedOn = date }
  }

  private mutating func enroll(_ index: Int, in school: School, cohort: Int, on date: CivilDay, base: DistrictBase) {
    guard school.cohorts > 0 else { return }
    for slot in 0..<base.plan.enrollmentsPerStudent {
      add(index, section: base.section(school, cohort: cohort, slot: slot), on: date)
    }
  }

  private mutating func add(_ index: Int, section: Int, on date: CivilDay) {
    addedBySection[section, default: []].append(added.count)
    addedByStudent[index, default: []].append(added.count)
    added.append(Added(student: index, section: section, entry: date, droppedOn: nil))
  }
}
