import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct RosterStoreTests {
  let store: StoreFolder
  init() throws { store = try StoreFolder() }

  @Test func `nobody but its owner may read the database, its log, or its index`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...3))
    let names = try FileManager.default.contentsOfDirectory(atPath: store.folder.url.path)
    #expect(names.sorted() == ["roster.db", "roster.db-shm", "roster.db-wal"])
    for name in ["roster.db", "roster.db-wal", "roster.db-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: store.folder.file(name).path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
    }
  }

  @Test func `a folder that is not there is named`() throws {
    let path = store.folder.file("missing/roster.db").path
    let error = #expect(throws: StoreError.self) { try RosterStore(path: path) }
    #expect(error?.code == .open)
    #expect(error?.context.contains(path) == true)
  }

  @Test func `an integration is one row however often it runs, and takes the provider of its last run`()
    async throws
  {
    let roster = try store.open()
    try await roster.run(users: users(1...2))
    try await roster.run([], .full(provider: "csv-roster"))
    #expect(try store.column("SELECT name || ' ' || provider FROM sis_integration") == ["oak csv-roster"])
  }

  @Test func `integrations do not see each other's records`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...3))
    try await roster.run([StagedPage(users(2...5, "elm"), ends: [.complete(.user)])], .full("elm"))
    #expect(try store.export("oak") == users(1...3).map(\.line).joined())
    #expect(try store.export("elm") == users(2...5, "elm").map(\.line).joined())
    let ids = try store.column("SELECT DISTINCT host_id FROM roster")
    #expect(ids.count == 7)
  }

  @Test func `every step of a run is in the audit`() async throws {
    let roster = try store.open()
    let first = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(1...1), cursor: "1"), run: first)
    let why = HostError(.server, "server-error", "GET / answered status 500")
    try await roster.end(run: first, state: .failed, error: why, keepsStaged: true, now: .start)
    let second = try await roster.begin(.full())
    _ = try await roster.publish(run: second, limits: .none, now: .start, dryRun: false)
    #expect(
      try store.column("SELECT action || ' ' || run || ' ' || detail FROM sis_audit ORDER BY entry")
        == ["run-began 1 ", "run-failed 1 server-error", "run-resumed 1 ", "run-published 1 "])
  }

  @Test func `a run that ended badly says why, and one that is taken up again does not any more`()
    async throws
  {
    let roster = try store.open()
    let first = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(1...1), cursor: "1"), run: first)
    let why = HostError(.server, "server-error", "GET / answered status 500", advice: "Wait")
    try await roster.end(run: first, state: .failed, error: why, keepsStaged: true, now: .start)
    let ended = try #require(try RosterReader(path: store.path).run(first.id.rawValue))
    #expect(ended.state == .failed && ended.endedAt == .start && ended.pages == 1)
    #expect([ended.errorCode, ended.errorMessage, ended.errorAdvice] == [why.code, why.message, why.advice])
    _ = try await roster.begin(.full())
    let again = try #require(try RosterReader(path: store.path).run(first.id.rawValue))
    #expect(again.state == .running && again.endedAt == nil)
    #expect([again.errorCode, again.errorMessage, again.errorAdvice] == [nil, nil, nil])
  }
}
