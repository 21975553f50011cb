import HostModel
import SyncCore
import Testing

@testable import SQLiteStore

@Suite struct EndScopeTests {
  private typealias Condition = StreamEnd.Condition

  @Test func `a scope is stored as words and read back, whatever its values hold`() {
    for value in ["3", "", "a b&c=d%", "É\u{0}\n\"'", "日本"] {
      let scope = [Condition(field: 46, value: value), Condition(field: 120, value: "S7")]
      #expect(EndScope.parse(EndScope.text(scope)) == scope)
    }
    #expect(EndScope.text([]) == "" && EndScope.parse("") == [])
  }

  @Test(arguments: ["46", "x=3", "9999=3", "46=%4", "46=%zz", "46=3&", "=", "46=3&120"])
  func `words that are no scope are none`(_ text: String) {
    // A trailing & alone is as good as none.
    #expect(EndScope.parse(text) == (text == "46=3&" ? [.school("3")] : nil))
  }

  struct Match: CustomTestStringConvertible, Sendable {
    var field: UInt32
    var value: String
    var members: String
    var testDescription: String { "\(field) \(value)" }
  }

  @Test(arguments: [
    Match(field: 46, value: "3", members: "\"school\":\"3\""),
    Match(field: 47, value: "T1", members: "\"sessions\":[\"T0\",\"T1\"]"),
    Match(field: 79, value: "05", members: "\"grades\":[\"05\"]"),
    Match(
      field: 83, value: "student",
      members: "\"roles\":[{\"role\":\"staff\"},{\"role\":\"student\",\"org\":\"3\"}]"),
    Match(field: 42, value: "2026", members: "\"schoolYear\":2026"),
    Match(field: 71, value: "true", members: "\"enabled\":true"),
    Match(field: 1, value: "9", members: ""),
  ])
  func `a condition holds for the records that have the value, and for no other`(_ match: Match) async throws
  {
    let store = try StoreFolder()
    let roster = try store.open()
    try await roster.run([
      StagedPage([
        Sample(.user, "9", match.members), Sample(.user, "1", "\"school\":\"4\",\"enabled\":false"),
        Sample(.user, "2"),
      ])
    ])
    let scope = [Condition(field: match.field, value: match.value)]
    try await roster.run([StagedPage([], ends: [.complete(.user, scope)])])
    #expect(try store.live() == ["user 1", "user 2"])
  }

  @Test func `conditions on parts of one composite hold of one of its values, not of several together`()
    async throws
  {
    let store = try StoreFolder()
    let roster = try store.open()
    try await roster.run([
      StagedPage([
        Sample(.user, "1", "\"roles\":[{\"role\":\"student\",\"org\":\"3\"}]"),
        // A student of school 4 who helps at school 3 is no student of school 3.
        Sample(
          .user, "2", "\"roles\":[{\"role\":\"aide\",\"org\":\"3\"},{\"role\":\"student\",\"org\":\"4\"}]"),
      ])
    ])
    let scope = [Condition(field: 83, value: "student"), Condition(field: 84, value: "3")]
    try await roster.run([StagedPage([], ends: [.complete(.user, scope)])])
    #expect(try store.live() == ["user 2"])
  }
}
