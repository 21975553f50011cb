import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import SQLiteStore

/// A file that is damaged, full or held by another: a typed error, and nothing half-done.
@Suite struct StorageFailureTests {
  let store: StoreFolder
  init() throws { store = try StoreFolder() }

  /// Forty pages of roster, in the file itself: the store is closed.
  private func filled() async throws -> Data {
    try await store.open().run(users: users(1...1_000, "a name of some length"))
    return try store.bytes()
  }

  @Test(arguments: [99, 4_096, 20_000, 60_000])
  func `a file cut short is refused by writers and readers, and not touched`(_ length: Int) async throws {
    let whole = try await filled()
    try #require(whole.count > 80_000)
    let cut = whole.prefix(length)
    try store.folder.write("roster.db", cut)
    let writing = #expect(throws: StoreError.self) { try store.open() }
    #expect(writing?.code == .corrupt)
    #expect(writing?.context.contains(store.path) == true)
    let reading = #expect(throws: StoreError.self) { try store.export() }
    #expect(reading?.code == .corrupt)
    #expect(try store.bytes() == cut)
  }

  @Test func `a file that is no database is refused, and not touched`() throws {
    let text = Data(String(repeating: "no database at all\n", count: 500).utf8)
    try store.folder.write("roster.db", text)
    let error = #expect(throws: StoreError.self) { try store.open() }
    #expect(error?.code == .corrupt)
    #expect(try store.bytes() == text)
  }

  @Test func `pages that were overwritten are found when they are read`() async throws {
    var damaged = try await filled()
    for start in stride(from: 8 * 4_096, to: damaged.count - 4_096, by: 4_096) {
      damaged.replaceSubrange(start..<start + 512, with: Data(repeating: 0xA5, count: 512))
    }
    try store.folder.write("roster.db", damaged)
    let error = #expect(throws: StoreError.self) { try store.export() }
    #expect(error?.code == .corrupt)
  }

  // MARK: - Full

  private func limit(_ roster: RosterStore, morePages: Int) async throws {
    try await roster.onQueue { (database) throws(StoreError) in
      let count = try database.statement("PRAGMA page_count")
      _ = try count.step()
      let limit = Int(count.int(0)) + morePages
      count.reset()
      try database.execute("PRAGMA max_page_count = \(limit)")
    }
  }

  @Test func `a page that finds no room is not staged in part, and is staged when there is room`()
    async throws
  {
    let roster = try store.open()
    try await roster.run(users: users(1...20))
    let opening = try await roster.begin(.full())
    try await limit(roster, morePages: 4)
    let page = StagedPage(users(21...2_000), ends: [.complete(.user)], cursor: "c")
    let error = await #expect(throws: StoreError.self) { try await roster.stage(page, run: opening) }
    #expect(error?.code == .disk)
    #expect(try store.number("SELECT count(*) FROM roster") == 20)
    #expect(try store.number("SELECT count(*) FROM sis_sync_page WHERE run = 2") == 0)
    #expect(
      try store.column("SELECT coalesce(cursor, 'none') FROM sis_sync_operation WHERE run = 2") == ["none"])
    #expect(try store.column("PRAGMA integrity_check") == ["ok"])

    try await limit(roster, morePages: 10_000)
    #expect(try await roster.stage(page, run: opening) == 1_980)
    let outcome = try await roster.publish(run: opening, limits: .none, now: .start, dryRun: false)
    #expect(outcome.tallies[.user]?.inserted == 1_980)
  }

  @Test func `a publish that finds no room leaves the old roster`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...2_000))
    let before = try store.export()
    let opening = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(1...2), ends: [.complete(.user)]), run: opening)
    // Every removal is a version of its own: thousands of them need pages.
    try await limit(roster, morePages: 1)
    let error = await #expect(throws: StoreError.self) {
      try await roster.publish(run: opening, limits: .none, now: .start, dryRun: false)
    }
    #expect(error?.code == .disk)
    #expect(try store.export() == before)
    try await limit(roster, morePages: 10_000)
    let outcome = try await roster.publish(run: opening, limits: .none, now: .start, dryRun: false)
    #expect(outcome.state == .published && outcome.tallies[.user]?.removed == 1_998)
  }

  // MARK: - Busy

  @Test func `a lock that another connection holds for longer than the busy time is said to be busy`()
    async throws
  {
    let roster = try store.open(busyMilliseconds: 20)
    let opening = try await roster.begin(.full())
    let other = try store.connection()
    try other.execute("BEGIN IMMEDIATE")
    let error = await #expect(throws: StoreError.self) {
      try await roster.stage(StagedPage(users(1...2), cursor: "1"), run: opening)
    }
    #expect(error?.code == .busy)
    // A reader is not kept out.
    #expect(try store.export() == "")
    try other.execute("ROLLBACK")
    #expect(try await roster.stage(StagedPage(users(1...2), cursor: "1"), run: opening) == 2)
  }

  @Test func `a folder in the place of the file is said to be no database that opens`() throws {
    let error = #expect(throws: StoreError.self) { try RosterStore(path: store.folder.url.path) }
    #expect(error?.code == .open)
    #expect(error?.context.contains(store.folder.url.path) == true)
  }
}
