import CSISPlugin

struct EntryMajorsCheck: Check {
  let name = "entry-majors"
  let proves = "the entry answers its table to every host of major 1, again and again, and none to any other"
  let needs = CheckNeeds.file

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    for major: UInt32 in [0, 2, 99, .max] {
      guard subject.answers(major: major, minor: 0) == nil else {
        throw CheckFailure(
          "it answers a table to a host of major \(major), which it cannot know",
          call: "\(SIS_ENTRY_SYMBOL_V1)(\(major), 0)")
      }
    }
    for minor: UInt32 in [0, 1, 99, .max] {
      guard let table = subject.answers(major: 1, minor: minor) else {
        throw CheckFailure(
          "it answers no table to a host of version 1.\(minor): minor versions do not break anything",
          call: "\(SIS_ENTRY_SYMBOL_V1)(1, \(minor))")
      }
      guard table == subject.table else {
        throw CheckFailure(
          "it answers another table than before", call: "\(SIS_ENTRY_SYMBOL_V1)(1, \(minor))")
      }
    }
    return "4 foreign majors, 4 minors"
  }
}
