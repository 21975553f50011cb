import HostModel
import SyncCore

/// Keeps in memory what a run stores, and can begin as if a run had been interrupted. It stands for SQLite
/// where a test looks at what the host asks of its store, not at what the store does with it.
actor RecordingStore: SyncStore {
  var cursors: [Cursor?]
  private(set) var begun: [RunRequest] = []
  private(set) var ended: [(state: RunState, code: String?, keepsStaged: Bool)] = []
  private(set) var lines: [String] = []

  /// - Parameter cursors: the one that each run begins with, in turn; none after the last.
  init(cursors: [Cursor?] = []) { self.cursors = cursors }

  func begin(_ request: RunRequest) async throws(StoreError) -> RunOpening {
    begun.append(request)
    let cursor = cursors.isEmpty ? nil : cursors.removeFirst()
    return RunOpening(
      id: RunID(rawValue: Int64(begun.count)), generation: 1, isResumed: cursor != nil, cursor: cursor,
      bookmark: nil, pagesStaged: 0)
  }

  func cursor(of integration: IntegrationID) async throws(StoreError) -> Cursor? { nil }

  func stage(_ pages: [StagedPage], run: RunOpening) async throws(StoreError) -> Int {
    for page in pages {
      lines += page.batch.entries.map { "\($0.kind.name) \(page.batch.sourcedID(of: $0))" }
    }
    return pages.reduce(0) { $0 + $1.batch.entries.count }
  }

  func publish(run: RunOpening, limits: GuardLimits, now: HostInstant, dryRun: Bool)
    async throws(StoreError) -> PublishOutcome
  {
    PublishOutcome(state: dryRun ? .planned : .published, tallies: [:])
  }

  func end(run: RunOpening, state: RunState, error: HostError?, keepsStaged: Bool, now: HostInstant)
    async throws(StoreError)
  {
    ended.append((state, error?.code, keepsStaged))
  }
}
