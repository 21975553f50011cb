import Dispatch
import Glibc
import HostModel
import SyncCore

/// The rosters of all integrations in one SQLite file, with one writer (docs/data-model.md).
///
/// Pages are stored in short transactions, each page with its cursor. Publishing is one transaction: readers see whole rosters only.
package final class RosterStore: SyncStore, @unchecked Sendable {
  // Unchecked: `database` and `fresh` are used on `queue` only; it is a serial one.
  package let path: String
  private let queue = DispatchQueue(label: "roster-store")
  private let database: SQLiteDatabase
  /// Of the runs under way.
  private var fresh: [RunID: FreshRecords] = [:]

  /// Opens the file, or makes it with mode 0600, and brings its schema up to date.
  ///
  /// - Parameter busyMilliseconds: how long another writer is waited for.
  /// - Throws: `open`, `corrupt`, `tooNew`, `busy`.
  package init(path: String, busyMilliseconds: Int32 = 5_000) throws(StoreError) {
    self.path = path
    if access(path, F_OK) != 0 { try Self.make(path) }
    database = try SQLiteDatabase(path: path, access: .readWrite, busyMilliseconds: busyMilliseconds)
    try Self.prepare(database)
  }

  private static func prepare(_ database: SQLiteDatabase) throws(StoreError) {
    // Asked first: what follows writes, and a file that is refused is not to be touched.
    _ = try Schema.version(of: database)
    try database.execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000")
    try Schema.migrate(database)
  }

  /// Makes a database that its owner alone may read, whole, beside its place, and links it there: nobody ever
  /// sees half of one, and where several processes make it at the same time, the first one counts.
  private static func make(_ path: String) throws(StoreError) {
    func failure() -> StoreError {
      StoreError(.open, "\(path): the database cannot be made: \(String(cString: strerror(errno)))")
    }
    var name = Array("\(path).XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw failure() }
    close(file)
    defer { unlink(name) }
    // Closed by the end of this call: its log is gone by then, and the one file is all of it.
    let beside = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try prepare(SQLiteDatabase(path: beside, access: .readWrite))
    guard link(name, path) == 0 || errno == EEXIST else { throw failure() }
  }

  /// Runs `body` on the writer's queue.
  func onQueue<Value: Sendable>(
    _ body: @escaping @Sendable (SQLiteDatabase) throws(StoreError) -> Value
  ) async throws(StoreError) -> Value {
    let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
      queue.async { [self] in
        let result: Result<Value, StoreError>
        do throws(StoreError) { result = .success(try body(database)) } catch { result = .failure(error) }
        continuation.resume(returning: result)
      }
    }
    return try result.get()
  }

  // MARK: - SyncStore

  package func begin(_ request: RunRequest) async throws(StoreError) -> RunOpening {
    try await onQueue { (database) throws(StoreError) in
      try database.transaction { () throws(StoreError) in try RunBegin(database, request).begin() }
    }
  }

  package func cursor(of integration: IntegrationID) async throws(StoreError) -> Cursor? {
    try await onQueue { (database) throws(StoreError) in
      let row = try database.statement(
        """
        SELECT cursor, cursor_version FROM sis_sync_operation o JOIN sis_integration i USING (integration)
        WHERE i.name = ?1 AND o.keeps_staged = 1 AND o.state IN ('running', 'interrupted', 'failed')
        ORDER BY run DESC LIMIT 1
        """)
      row.bind(1, integration.rawValue)
      defer { row.reset() }
      guard try row.step(), !row.isNull(0) else { return nil }
      return Cursor(version: UInt32(clamping: row.int(1)), bytes: row.blob(0))
    }
  }

  package func stage(_ pages: [StagedPage], run: RunOpening) async throws(StoreError) -> Int {
    try await onQueue { [self] (database) throws(StoreError) in
      let fresh = freshRecords(of: run)
      return try database.transaction { () throws(StoreError) in
        var stage = try PageStage(database, run, fresh)
        return try stage.stage(pages)
      }
    }
  }

  private func freshRecords(of run: RunOpening) -> FreshRecords {
    if let known = fresh[run.id], known.generation == run.generation { return known }
    let made = FreshRecords(generation: run.generation)
    fresh[run.id] = made
    return made
  }

  package func publish(
    run: RunOpening, limits: GuardLimits, now: HostInstant, dryRun: Bool
  ) async throws(StoreError) -> PublishOutcome {
    try await onQueue { [self] (database) throws(StoreError) in
      fresh[run.id] = nil
      return try database.transaction { () throws(StoreError) in
        try RunPublish(database, run, now).publish(limits, dryRun: dryRun)
      }
    }
  }

  package func end(
    run: RunOpening, state: RunState, error: HostError?, keepsStaged: Bool, now: HostInstant
  ) async throws(StoreError) {
    try await onQueue { [self] (database) throws(StoreError) in
      fresh[run.id] = nil
      try database.transaction { () throws(StoreError) in
        try RunRow(database, run).end(state: state, error: error, keepsStaged: keepsStaged, now: now)
      }
    }
  }
}
