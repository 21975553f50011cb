import HostModel
import SyncCore

@testable import SQLiteStore

extension RosterStore {
  /// A whole run: begins, stages each page, publishes.
  @discardableResult
  func run(
    _ pages: [StagedPage], _ request: RunRequest = .full(), limits: GuardLimits = .none
  ) async throws(StoreError) -> PublishOutcome {
    let opening = try await begin(request)
    for page in pages { _ = try await stage(page, run: opening) }
    return try await publish(run: opening, limits: limits, now: request.now, dryRun: request.isDryRun)
  }

  /// A run that reads all users there are.
  @discardableResult
  func run(users: [Sample], limits: GuardLimits = .none) async throws(StoreError) -> PublishOutcome {
    try await run([StagedPage(users, ends: [.complete(.user)])], limits: limits)
  }
}
