import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct LeaseTests {
  let store: StoreFolder
  init() throws { store = try StoreFolder() }

  private static let sleeper = URL(fileURLWithPath: "/bin/sleep")

  /// A process, and its word in the lease: what another host of this machine would have written.
  private func process() throws -> (ToolProcess, LeaseHolder) {
    let process = try ToolProcess(Self.sleeper, ["600"])
    let stat = try String(contentsOfFile: "/proc/\(process.pid)/stat", encoding: .utf8)
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    return (
      process, LeaseHolder(pid: process.pid, startTicks: String(fields[19]), boot: LeaseHolder.current.boot)
    )
  }

  private func hand(to holder: LeaseHolder) throws {
    try store.execute(
      "UPDATE sis_integration SET lease_holder = '\(holder.text)', lease_generation = lease_generation + 1")
  }

  @Test func `a second host is refused as long as the first one lives, and told who it is`() async throws {
    _ = try await store.open().begin(.full())
    let (process, holder) = try process()
    defer { process.send(SIGKILL) }
    try hand(to: holder)
    let second = try store.open()
    let error = await #expect(throws: StoreError.self) { try await second.begin(.full()) }
    #expect(error?.code == .busy)
    #expect(error?.context == "oak is being synced by process \(process.pid)")
  }

  @Test func `it is taken over at once when the first one's process is gone`() async throws {
    let first = try await store.open().begin(.full())
    let (process, holder) = try process()
    try hand(to: holder)
    process.send(SIGKILL)
    _ = process.wait()
    let second = try await store.open().begin(.full())
    #expect(second.generation > first.generation)
  }

  @Test func `a process that got the number of one that is gone does not hold its lease`() async throws {
    _ = try await store.open().begin(.full())
    let (process, holder) = try process()
    defer { process.send(SIGKILL) }
    var earlier = holder
    earlier.startTicks = "1"
    try hand(to: earlier)
    _ = try await store.open().begin(.full())
  }

  @Test func `of a holder on another machine nothing is known: it is waited for, and no longer`() async throws
  {
    let opening = try await store.open().begin(.full())
    try hand(to: LeaseHolder(pid: 1, startTicks: "1", boot: "another"))
    let second = try store.open()
    let last = HostInstant.start.advanced(byMilliseconds: LeaseHolder.milliseconds - 1)
    let error = await #expect(throws: StoreError.self) { try await second.begin(.full(now: last)) }
    #expect(error?.code == .busy)
    let taken = try await second.begin(.full(now: last.advanced(byMilliseconds: 1)))
    #expect(taken.generation > opening.generation)
  }

  @Test func `one process does not sync an integration twice at a time`() async throws {
    let roster = try store.open()
    _ = try await roster.begin(.full())
    let error = await #expect(throws: StoreError.self) { try await roster.begin(.full()) }
    #expect(error?.context == "oak is being synced by this process")
    _ = try await roster.begin(.full("elm"))
  }

  @Test func `every page renews the lease`() async throws {
    let roster = try store.open()
    let opening = try await roster.begin(.full())
    let later = HostInstant.start.advanced(byMilliseconds: LeaseHolder.milliseconds - 1)
    _ = try await roster.stage(StagedPage(users(1...1), now: later), run: opening)
    let error = await #expect(throws: StoreError.self) {
      try await roster.begin(.full(now: later.advanced(byMilliseconds: LeaseHolder.milliseconds - 1)))
    }
    #expect(error?.code == .busy)
  }

  @Test func `a host that was taken over writes nothing any more`() async throws {
    let first = try store.open()
    let stale = try await first.begin(.full())
    _ = try await first.stage(StagedPage(users(1...2), cursor: "1"), run: stale)
    let later = HostInstant.start.advanced(byMilliseconds: LeaseHolder.milliseconds)
    let second = try store.open()
    let fresh = try await second.begin(.full(now: later))
    #expect(fresh.isResumed && fresh.id == stale.id)

    let staged = await #expect(throws: StoreError.self) {
      try await first.stage(StagedPage(users(3...4), cursor: "2"), run: stale)
    }
    let published = await #expect(throws: StoreError.self) {
      try await first.publish(run: stale, limits: .none, now: .start, dryRun: false)
    }
    let ended = await #expect(throws: StoreError.self) {
      try await first.end(run: stale, state: .failed, error: nil, keepsStaged: false, now: .start)
    }
    for error in [staged, published, ended] {
      #expect(error?.code == .fenced)
      #expect(error?.context.hasPrefix("oak was taken over by process") == true)
    }
    #expect(try store.number("SELECT count(*) FROM roster_version") == 2)
    _ = try await second.stage(StagedPage(users(5...5)), run: fresh)
    #expect(
      try await second.publish(run: fresh, limits: .none, now: later, dryRun: false).tallies[.user]?.inserted
        == 3)
  }

  @Test func `the end of a run frees the integration`() async throws {
    let roster = try store.open()
    try await roster.run(users: users(1...1))
    let opening = try await roster.begin(.full())
    try await roster.end(run: opening, state: .failed, error: nil, keepsStaged: false, now: .start)
    _ = try await store.open().begin(.full())
  }

  @Test func `a run that the database does not know is said to be so`() async throws {
    let roster = try store.open()
    let opening = RunOpening(
      id: RunID(rawValue: 99), generation: 1, isResumed: false, cursor: nil, bookmark: nil, pagesStaged: 0)
    let error = await #expect(throws: StoreError.self) {
      try await roster.stage(StagedPage(users(1...1)), run: opening)
    }
    #expect(error?.code == .notFound)
  }
}
