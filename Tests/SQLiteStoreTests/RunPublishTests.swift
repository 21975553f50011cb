import HostModel
import SyncCore
import Testing

@testable import SQLiteStore

@Suite struct RunPublishTests {
  let store: StoreFolder
  init() throws { store = try StoreFolder() }

  private func hostIDs() throws -> [String] {
    try store.column("SELECT sourced_id || '=' || host_id FROM roster ORDER BY host_id")
  }

  // MARK: - Tallies

  @Test func `what is new, changed, the same, back and gone is counted once each`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...6))
    try await roster.run(users: users(1...5))
    let outcome = try await roster.run(users: users([1, 2]) + users([3], "b") + users(6...8))
    var due = KindTally()
    due.received = 6
    due.inserted = 2
    due.updated = 1
    due.unchanged = 2
    due.restored = 1
    due.removed = 2
    #expect(outcome.tallies == [.user: due])
    #expect(outcome.state == .published && outcome.findings.isEmpty)
    #expect(try store.tallies(RunID(rawValue: 3)) == outcome.tallies)
    #expect(try store.export() == (users([1, 2]) + users([3], "b") + users(6...8)).map(\.line).joined())
  }

  @Test func `a record that is sent again counts as repeated, and the last one wins`() async throws {
    let roster = try store.open()
    let outcome = try await roster.run([
      StagedPage(users([1]) + users([1])), StagedPage(users([1], "b")), StagedPage(users([2])),
    ])
    #expect(outcome.tallies[.user]?.received == 4)
    #expect(outcome.tallies[.user]?.repeated == 2)
    #expect(outcome.tallies[.user]?.inserted == 2)
    #expect(try store.export() == (users([1], "b") + users([2])).map(\.line).joined())
  }

  @Test func `a record that is sent changed and then as it lives is unchanged`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...2))
    let outcome = try await roster.run([
      StagedPage(users([1], "b")), StagedPage(users([1])), StagedPage(users([2])),
    ])
    #expect(outcome.tallies[.user]?.updated == 0)
    #expect(outcome.tallies[.user]?.unchanged == 2)
    #expect(outcome.tallies[.user]?.repeated == 1)
    #expect(try store.export() == users(1...2).map(\.line).joined())
  }

  @Test func `a run leaves one version of each record that it changed, however often that was sent`()
    async throws
  {
    let roster = try store.open()
    try await roster.run(users: users(1...2))
    let opening = try await roster.begin(.full())
    let staged = [users([1, 3], "b"), users([1, 3], "b"), users([1, 3], "c"), users([2], "b"), users([2])]
    var changed: [Int] = []
    for page in staged { changed.append(try await roster.stage(StagedPage(page), run: opening)) }
    #expect(changed == [2, 0, 2, 1, 0])
    _ = try await roster.publish(run: opening, limits: .none, now: .start, dryRun: false)
    let versions = """
      SELECT r.sourced_id || ' ' || v.run || ' ' || (v.record ->> '$.name') || ' ' || (v.previous != 0)
      FROM roster_version v JOIN roster r USING (host_id) ORDER BY v.run, r.sourced_id
      """
    #expect(try store.column(versions) == ["1 1 a 0", "2 1 a 0", "1 2 c 1", "3 2 c 0"])
  }

  @Test func `a new record that is sent again after the host was started anew is one record, and the last one wins`()
    async throws
  {
    for isDryRun in [true, false] {
      let request = RunRequest.full(dryRun: isDryRun)
      let first = try store.open()
      let opening = try await first.begin(request)
      _ = try await first.stage(StagedPage(users([1, 2]), cursor: "1"), run: opening)
      try await first.end(run: opening, state: .interrupted, error: nil, keepsStaged: true, now: .start)
      let second = try store.open()
      let resumed = try await second.begin(request)
      _ = try await second.stage(
        StagedPage(users([2, 3], "b"), ends: [.complete(.user)], cursor: "2"), run: resumed)
      let outcome = try await second.publish(run: resumed, limits: .none, now: .start, dryRun: isDryRun)
      #expect(outcome.tallies[.user]?.received == 4)
      #expect(outcome.tallies[.user]?.inserted == 3)
      #expect(outcome.tallies[.user]?.repeated == 1)
    }
    #expect(try store.export() == (users([1]) + users([2, 3], "b")).map(\.line).joined())
    #expect(try store.number("SELECT count(*) FROM roster_version") == 3)
  }

  @Test func `a district's first run, with records that are sent again, is found by source id afterwards`() async throws {
    let roster = try store.open()
    let pages = stride(from: 0, to: 30_000, by: 1_000).map { StagedPage(users($0..<$0 + 1_000)) }
    // So far apart that nothing remembers the first time.
    let outcome = try await roster.run(pages + [StagedPage(users(0..<1_000, "b"))])
    #expect(outcome.tallies[.user]?.inserted == 30_000)
    #expect(outcome.tallies[.user]?.repeated == 1_000)
    #expect(try store.number("SELECT count(*) FROM roster_version") == 30_000)
    let second = try await roster.run(users: users(0..<1_000, "b") + users(1_000..<30_000))
    #expect(second.tallies[.user]?.unchanged == 30_000)
    let index = "SELECT \"unique\" FROM pragma_index_list('roster') WHERE name = 'roster_by_source'"
    #expect(try store.number(index) == 1)
  }

  @Test func `a first run that is held leaves the roster and its index as they were`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...100))
    let held = try await roster.run(users: users(50...5_000), limits: GuardLimits())
    #expect(held.state == .held && held.tallies[.user]?.inserted == 4_900)
    #expect(try store.live().count == 100)
    #expect(try store.number("SELECT count(*) FROM roster_version") == 100)
    #expect(try store.column("PRAGMA integrity_check") == ["ok"])
    let outcome = try await roster.run(users: users(1...100))
    #expect(outcome.tallies[.user]?.unchanged == 100)
  }

  @Test func `the same id may stand for two kinds`() async throws {
    let roster = try store.open()
    let samples = [Sample(.user, "7"), Sample(.demographics, "7"), Sample(.class, "7")]
    let outcome = try await roster.run([StagedPage(samples)])
    #expect(outcome.tallies.mapValues(\.inserted) == [.user: 1, .demographics: 1, .class: 1])
    #expect(try store.live() == ["class 7", "demographics 7", "user 7"])
  }

  @Test func `a record that was gone comes back under its old host id`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...3))
    let before = try hostIDs()
    try await roster.run(users: users([1, 3]))
    #expect(try store.live() == ["user 1", "user 3"])
    let outcome = try await roster.run(users: users(1...3, "b"))
    #expect(outcome.tallies[.user]?.restored == 1 && outcome.tallies[.user]?.updated == 2)
    #expect(try hostIDs() == before)
  }

  @Test func `a record that comes back as it was is restored, not unchanged`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...3))
    try await roster.run(users: users([1, 3]))
    let outcome = try await roster.run(users: users(1...3))
    #expect(outcome.tallies[.user]?.restored == 1 && outcome.tallies[.user]?.unchanged == 2)
    #expect(try store.export() == users(1...3).map(\.line).joined())
  }

  // MARK: - Removal

  @Test func `without a complete end nothing is removed`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...9))
    for ends in [[], [.partial(.user)], [.complete(.org)], [.complete(.user), .partial(.user)]]
      as [[StreamEnd]]
    {
      let outcome = try await roster.run([StagedPage(users([1]), ends: ends)])
      #expect(outcome.tallies[.user]?.removed == 0, "\(ends)")
    }
    #expect(try store.live().count == 9)
  }

  @Test func `a complete end of a kind removes what it did not bring, of that kind alone`() async throws {
    let roster = try store.open()
    try await roster.run([StagedPage(users(1...3) + [Sample(.org, "1"), Sample(.org, "2")])])
    let outcome = try await roster.run([StagedPage(users([1]), ends: [.complete(.user)])])
    #expect(outcome.tallies.mapValues(\.removed) == [.user: 2])
    #expect(try store.live() == ["org 1", "org 2", "user 1"])
  }

  private func classes(_ ids: some Sequence<Int>, school: String) -> [Sample] {
    ids.map { Sample(.class, String($0), "\"school\":\"\(school)\"") }
  }

  @Test func `a school's complete end removes that school's records alone`() async throws {
    let roster = try store.open()
    try await roster.run([StagedPage(classes(1...3, school: "3") + classes(4...6, school: "4"))])
    let outcome = try await roster.run([
      StagedPage(classes([1], school: "3"), ends: [.complete(.class, [.school("3")])])
    ])
    #expect(outcome.tallies[.class]?.removed == 2)
    #expect(try store.live() == ["class 1", "class 4", "class 5", "class 6"])
  }

  @Test func `a school that was read in part keeps its records beside one that was read whole`() async throws
  {
    let roster = try store.open()
    try await roster.run([StagedPage(classes(1...3, school: "3") + classes(4...6, school: "4"))])
    let ends: [StreamEnd] = [.complete(.class, [.school("3")]), .partial(.class, [.school("4")])]
    try await roster.run([StagedPage(classes([1], school: "3"), ends: ends)])
    #expect(try store.live() == ["class 1", "class 4", "class 5", "class 6"])
  }

  @Test func `a part that is called partial is spared by the whole that is called complete`() async throws {
    let roster = try store.open()
    try await roster.run([StagedPage(classes(1...3, school: "3") + classes(4...6, school: "4"))])
    let ends: [StreamEnd] = [.partial(.class, [.school("4")]), .complete(.class)]
    try await roster.run([StagedPage(classes([1], school: "3"), ends: ends)])
    #expect(try store.live() == ["class 1", "class 4", "class 5", "class 6"])
  }

  @Test func `a record that moved to the school that was read is changed, not removed`() async throws {
    let roster = try store.open()
    try await roster.run([StagedPage(classes(1...2, school: "3") + classes(3...4, school: "4"))])
    let outcome = try await roster.run([
      StagedPage(classes(1...3, school: "3"), ends: [.complete(.class, [.school("3")])])
    ])
    #expect(outcome.tallies[.class]?.updated == 1 && outcome.tallies[.class]?.removed == 0)
  }

  // MARK: - Rejected records

  @Test func `a rejected record counts as present, and its live version stays`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...3))
    let outcome = try await roster.run([
      StagedPage(users([1]), rejects: [.user("2")], ends: [.complete(.user)])
    ])
    #expect(outcome.tallies[.user]?.received == 2)
    #expect(outcome.tallies[.user]?.rejected == 1)
    #expect(outcome.tallies[.user]?.removed == 1)
    #expect(try store.live() == ["user 1", "user 2"])
    let rejected = try RosterReader(path: store.path).rejected(run: 2)
    #expect(
      rejected.map { [$0.kind, $0.sourcedID, $0.field, $0.reason] }
        == [["user", "2", "birthDate", "its birthDate is no date"]])
  }

  @Test
  func `a rejected record of which not even the id is known may be any: nothing of its kind is removed`()
    async throws
  {
    let roster = try store.open()
    try await roster.run([StagedPage(users(1...3) + [Sample(.org, "1"), Sample(.org, "2")])])
    let ends: [StreamEnd] = [.complete(.user), .complete(.org)]
    let outcome = try await roster.run([
      StagedPage(users([1]) + [Sample(.org, "1")], rejects: [.user("")], ends: ends)
    ])
    #expect(outcome.tallies[.user]?.removed == 0)
    #expect(outcome.tallies[.org]?.removed == 1)
  }

  // MARK: - Guard and dry run

  @Test func `ten in a hundred may go, eleven are held`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...100))
    let held = try await roster.run(users: users(1...89), limits: GuardLimits())
    #expect(held.state == .held && held.findings.map(\.kind) == [.user])
    #expect(held.findings.first?.reason == "removes 11 of 100 user records (11.0 %); the limit is 10.0 %")
    #expect(try store.live().count == 100)
    #expect(try RosterReader(path: store.path).run(2)?.findings == held.findings.map(\.reason))
    let applied = try await roster.run(users: users(1...90), limits: GuardLimits())
    #expect(applied.state == .published && applied.tallies[.user]?.removed == 10)
    #expect(try store.live().count == 90)
  }

  @Test func `seventy-five in a hundred may change, seventy-six are held`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...100))
    let held = try await roster.run(users: users(1...76, "b") + users(77...100), limits: GuardLimits())
    #expect(held.state == .held)
    #expect(held.findings.first?.reason == "changes 76 of 100 user records (76.0 %); the limit is 75.0 %")
    #expect(try store.export() == users(1...100).sorted { $0.id < $1.id }.map(\.line).joined())
    let applied = try await roster.run(users: users(1...75, "b") + users(76...100), limits: GuardLimits())
    #expect(applied.state == .published && applied.tallies[.user]?.updated == 75)
  }

  @Test func `an empty answer where something lived is held, and a second look may apply it`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...4))
    #expect(try await roster.run(users: [], limits: GuardLimits()).state == .held)
    #expect(try store.live().count == 4)
    #expect(try await roster.run(users: [], limits: .none).state == .published)
    #expect(try store.live().isEmpty)
  }

  @Test func `a held run leaves nothing staged, and the next one is new`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...4))
    try await roster.run(users: users(5...9), limits: GuardLimits())
    #expect(try store.number("SELECT count(*) FROM roster") == 4)
    #expect(try store.number("SELECT count(*) FROM roster_version") == 4)
    #expect(try await roster.begin(.full()).isResumed == false)
  }

  @Test func `a dry run tells what it would do and does none of it`() async throws {
    let roster = try store.open()
    try await roster.run([StagedPage(users(1...4), bookmark: "day 1")])
    let (before, ids) = (try store.export(), try hostIDs())
    let pages = [
      StagedPage(users([1]) + users([2], "b") + users(5...6), ends: [.complete(.user)], bookmark: "day 2")
    ]
    let plan = try await roster.run(pages, .full(dryRun: true), limits: GuardLimits())
    #expect(plan.state == .planned)
    var due = KindTally()
    due.received = 4
    due.inserted = 2
    due.updated = 1
    due.unchanged = 1
    due.removed = 2
    #expect(plan.tallies[.user] == due)
    #expect(try store.export() == before)
    #expect(try hostIDs() == ids)
    #expect(try store.number("SELECT count(*) FROM roster_version") == 4)
    #expect(try await roster.begin(.full()).bookmark?.bytes == Array("day 1".utf8))
  }

  @Test func `a run is published once`() async throws {
    let roster = try store.open()
    let opening = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(1...2)), run: opening)
    _ = try await roster.publish(run: opening, limits: .none, now: .start, dryRun: false)
    let error = await #expect(throws: StoreError.self) {
      try await roster.publish(run: opening, limits: .none, now: .start, dryRun: false)
    }
    #expect(error?.code == .fenced)
  }

  // MARK: - Damage

  @Test func `a packed list that is damaged removes nobody: the run fails`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...4))
    let opening = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(1...4), ends: [.complete(.user)]), run: opening)
    for damage in [
      "X'05'", "X'0504'", "X'05FFFFFFFFFFFFFFFF7F'", "X'050180808080808080807E'", "X'0502'", "NULL",
    ] {
      try store.execute("UPDATE sis_sync_page SET seen = \(damage) WHERE run = 2")
      let error = await #expect(throws: StoreError.self, "\(damage)") {
        try await roster.publish(run: opening, limits: .none, now: .start, dryRun: false)
      }
      #expect(error?.code == .corrupt, "\(damage)")
      #expect(try store.live().count == 4)
    }
  }
}
