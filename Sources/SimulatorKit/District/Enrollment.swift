/// One student in one section: a row of PowerSchool's CC table.
struct Enrollment: Sendable {
  let id: Int
  let section: Int
  let student: Int
  let entry: CivilDay
  /// The last day, inclusive; before `entry` for one who never came; nil where the SIS has none.
  let last: CivilDay?
  let isDropped: Bool

  static let firstID = 90_001
}
