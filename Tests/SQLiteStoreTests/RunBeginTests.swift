import HostModel
import SyncCore
import Testing

@testable import SQLiteStore

@Suite struct RunBeginTests {
  let store: StoreFolder
  init() throws { store = try StoreFolder() }

  /// A run that staged two pages and ended before its end; the store is closed.
  private func interrupted(
    _ request: RunRequest = .full(), state: RunState = .interrupted, cursor: String? = "after page 2"
  ) async throws -> RunOpening {
    let roster = try store.open()
    let opening = try await roster.begin(request)
    _ = try await roster.stage(StagedPage(users(1...2), cursor: "after page 1"), run: opening)
    _ = try await roster.stage(StagedPage(users(3...4), cursor: cursor), run: opening)
    try await roster.end(run: opening, state: state, error: nil, keepsStaged: true, now: request.now)
    return opening
  }

  @Test func `a first run is new and has nothing to go on from`() async throws {
    let opening = try await store.open().begin(.full())
    #expect(
      !opening.isResumed && opening.cursor == nil && opening.bookmark == nil && opening.pagesStaged == 0)
    #expect(try store.number("SELECT count(*) FROM roster") == 0)
  }

  @Test(arguments: [RunState.interrupted, .failed])
  func `a run that stopped is taken up where its last page ended`(_ state: RunState) async throws {
    let first = try await interrupted(state: state)
    let roster = try store.open()
    let second = try await roster.begin(.full())
    #expect(second.isResumed && second.id == first.id)
    #expect(second.generation > first.generation)
    #expect(second.cursor == Cursor(version: 1, bytes: Array("after page 2".utf8)))
    #expect(second.pagesStaged == 2)
    _ = try await roster.stage(StagedPage(users(5...5), ends: [.complete(.user)]), run: second)
    let outcome = try await roster.publish(run: second, limits: .none, now: .start, dryRun: false)
    #expect(outcome.tallies[.user]?.inserted == 5)
    #expect(try store.export() == users(1...5).map(\.line).joined())
  }

  @Test func `a run that nothing ended is taken up when its lease is over`() async throws {
    let roster = try store.open()
    let first = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(1...2), cursor: "after page 1"), run: first)
    let later = HostInstant.start.advanced(byMilliseconds: LeaseHolder.milliseconds)
    let second = try await store.open().begin(.full(now: later))
    #expect(second.isResumed && second.id == first.id && second.pagesStaged == 1)
  }

  @Test func `pages without a cursor cannot be gone on from: they are dropped`() async throws {
    let roster = try store.open()
    let first = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(1...2)), run: first)
    try await roster.end(run: first, state: .failed, error: nil, keepsStaged: true, now: .start)
    let second = try await roster.begin(.full())
    #expect(!second.isResumed && second.id != first.id)
    #expect(try store.number("SELECT count(*) FROM roster") == 0)
  }

  struct Change: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var request: RunRequest
  }

  @Test(arguments: [
    Change(testDescription: "another provider", request: .full(provider: "csv-roster")),
    Change(testDescription: "another mode", request: .full(mode: .delta)),
    Change(testDescription: "a dry run", request: .full(dryRun: true)),
    Change(testDescription: "a wish to begin anew", request: .full(startsAnew: true)),
    Change(
      testDescription: "a day later",
      request: .full(now: HostInstant.start.advanced(byMilliseconds: RunBegin.resumableMilliseconds))),
  ])
  func `begins anew, without what was staged, for`(_ change: Change) async throws {
    let first = try await interrupted()
    let second = try await store.open().begin(change.request)
    #expect(!second.isResumed && second.id != first.id && second.cursor == nil)
    #expect(try store.number("SELECT count(*) FROM roster") == 0)
    #expect(try store.number("SELECT count(*) FROM roster_version") == 0)
    #expect(try store.number("SELECT count(*) FROM sis_sync_page WHERE seen IS NOT NULL") == 0)
  }

  @Test func `a millisecond before the day is over the run is still taken up`() async throws {
    let first = try await interrupted()
    let later = HostInstant.start.advanced(byMilliseconds: RunBegin.resumableMilliseconds - 1)
    #expect(try await store.open().begin(.full(now: later)).id == first.id)
  }

  @Test func `what was thrown away does not come back`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...2))
    let opening = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(1...4, "b"), cursor: "1"), run: opening)
    try await roster.end(run: opening, state: .failed, error: nil, keepsStaged: false, now: .start)
    #expect(try await roster.begin(.full()).isResumed == false)
    #expect(try store.export() == users(1...2).map(\.line).joined())
    #expect(try store.number("SELECT count(*) FROM roster") == 2)
    #expect(try store.number("SELECT count(*) FROM roster WHERE staged != 0") == 0)
    #expect(try store.number("SELECT count(*) FROM roster_version") == 2)
  }

  @Test func `a published run leaves its bookmark to the next one, and no cursor`() async throws {
    let roster = try store.open()
    try await roster.run([StagedPage(users(1...2), cursor: "c", bookmark: "day 1")])
    let next = try await roster.begin(.full())
    #expect(!next.isResumed && next.cursor == nil)
    #expect(next.bookmark == Cursor(version: 7, bytes: Array("day 1".utf8)))
  }

  @Test func `a run that was not published leaves the bookmark as it was`() async throws {
    let roster = try store.open()
    try await roster.run([StagedPage(users(1...2), bookmark: "day 1")])
    let failed = try await roster.begin(.full())
    _ = try await roster.stage(StagedPage(users(1...2), bookmark: "day 2"), run: failed)
    try await roster.end(run: failed, state: .failed, error: nil, keepsStaged: false, now: .start)
    #expect(try await roster.begin(.full()).bookmark == Cursor(version: 7, bytes: Array("day 1".utf8)))
  }
}
