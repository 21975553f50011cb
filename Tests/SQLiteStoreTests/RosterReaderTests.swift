import Foundation
import HostModel
import SyncCore
import Testing

@testable import SQLiteStore

@Suite struct RosterReaderTests {
  let store: StoreFolder
  init() throws { store = try StoreFolder() }

  @Test func `before the first sync there is no database to read`() throws {
    let error = #expect(throws: StoreError.self) { try RosterReader(path: store.path) }
    #expect(error?.code == .notFound)
    #expect(!FileManager.default.fileExists(atPath: store.path))
  }

  @Test func `another program's database is refused`() throws {
    try store.execute(
      "PRAGMA application_id = 99; PRAGMA user_version = \(Schema.version); CREATE TABLE theirs (x)")
    let error = #expect(throws: StoreError.self) { try RosterReader(path: store.path) }
    #expect(error?.code == .open)
    #expect(error?.context.contains("database of another program") == true)
  }

  @Test func `the export is sorted by kind and id, bytewise, whatever order the records came in`()
    async throws
  {
    let samples = [
      Sample(.user, "Z"), Sample(.user, "a"), Sample(.user, "é"), Sample(.user, "10"), Sample(.user, "9"),
      Sample(.org, "1"), Sample(.class, "1"), Sample(.course, "1"), Sample(.contact, "1"),
      Sample(.enrollment, "1"),
      Sample(.academicSession, "1"), Sample(.demographics, "1"),
    ]
    var random = SystemRandomNumberGenerator()
    try await store.open().run([StagedPage(samples.shuffled(using: &random))])
    let order = [
      "academicSession 1", "class 1", "contact 1", "course 1", "demographics 1", "enrollment 1", "org 1",
      "user 10",
      "user 9", "user Z", "user a", "user é",
    ]
    let lines = order.map { name in
      samples.first { "\($0.kind.name) \($0.id)" == name }?.line ?? ""
    }
    #expect(try store.export() == lines.joined())
  }

  @Test func `the same roster is the same bytes, however it came to be`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...50))
    try await roster.run(users: users(1...25, "b") + users(60...80))
    try await roster.run(users: users(20...70, "c"))
    let other = try StoreFolder()
    try await other.open().run(users: users((20...70).reversed(), "c"))
    #expect(try store.export() == other.export())
  }

  @Test func `an export ends when its reader has had enough`() async throws {
    try await store.open().run(users: users(1...9_000))
    var pieces = 0
    try RosterReader(path: store.path).export {
      pieces += 1
      #expect($0.count >= 65_536)
      return pieces < 2
    }
    #expect(pieces == 2)
  }

  @Test func `an export may be of some kinds only`() async throws {
    try await store.open().run([StagedPage([Sample(.user, "1"), Sample(.org, "1"), Sample(.class, "1")])])
    var bytes: [UInt8] = []
    try RosterReader(path: store.path).export(kinds: [.user, .class]) {
      bytes += $0
      return true
    }
    #expect(String(decoding: bytes, as: UTF8.self) == Sample(.class, "1").line + Sample(.user, "1").line)
  }

  // MARK: - Whole snapshots

  @Test func `until a publish is committed its readers see the roster as it was`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...4))
    let before = try store.export()
    let opening = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(3...8, "b"), ends: [.complete(.user)]), run: opening)
    #expect(try store.export() == before)

    let writer = try store.connection()
    try writer.execute("BEGIN IMMEDIATE")
    let outcome = try RunPublish(writer, opening, .start).publish(.none, dryRun: false)
    #expect(outcome.state == .published)
    #expect(try store.export() == before)
    #expect(try RosterReader(path: store.path).counts() == [.user: 4])
    try writer.execute("COMMIT")
    #expect(try store.export() == users(3...8, "b").map(\.line).joined())
  }

  @Test func `an export that began before a publish ends with the roster it began with`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(10_000...19_999))
    let before = try store.export()
    let opening = try await roster.begin(.full())
    _ = try await roster.stage(
      StagedPage(users(10_000...12_000, "b"), ends: [.complete(.user)]), run: opening)
    var bytes: [UInt8] = []
    try RosterReader(path: store.path).export { piece in
      if bytes.isEmpty {
        // In the middle of the export: another connection publishes, and is not kept waiting.
        do {
          let writer = try store.connection()
          try writer.transaction { () throws(StoreError) in
            _ = try RunPublish(writer, opening, .start).publish(.none, dryRun: false)
          }
        } catch { Issue.record(error) }
      }
      bytes += piece
      return true
    }
    #expect(String(decoding: bytes, as: UTF8.self) == before)
    #expect(try store.live().count == 2_001)
  }

  // MARK: - Runs and counts

  @Test func `runs are listed newest first, of one integration or of all`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...1))
    try await roster.run([], .full("elm"))
    try await roster.run([], .full(mode: .delta))
    let reader = try RosterReader(path: store.path)
    #expect(try reader.runs().map(\.id) == [3, 2, 1])
    #expect(try reader.runs(limit: 1).map(\.id) == [3])
    let oak = try reader.runs(integration: "oak")
    #expect(oak.map(\.id) == [3, 1])
    #expect(oak.map(\.mode) == ["delta", "full"])
    #expect(oak.last?.tallies[.user]?.inserted == 1)
    #expect(try reader.run(9) == nil)
  }

  @Test func `counts are of what is live`() async throws {
    let roster = try store.open()
    try await roster.run([StagedPage(users(1...3) + [Sample(.org, "1")])])
    try await roster.run(users: users(1...2))
    try await roster.run([StagedPage(users(1...5))], .full("elm"))
    let reader = try RosterReader(path: store.path)
    #expect(try reader.counts() == [.user: 7, .org: 1])
    #expect(try reader.counts(integration: "oak") == [.user: 2, .org: 1])
  }
}
