import HostModel
import SyncCore

/// Begins a run inside a transaction: takes the integration's lease, and takes up what an interrupted run left.
struct RunBegin {
  /// What was staged longer ago than this is read anew: the source has moved on.
  static let resumableMilliseconds: Int64 = 24 * 3_600_000

  let database: SQLiteDatabase
  let request: RunRequest

  init(_ database: SQLiteDatabase, _ request: RunRequest) {
    self.database = database
    self.request = request
  }

  /// - Throws: `busy` if another process syncs this integration.
  func begin() throws(StoreError) -> RunOpening {
    let integration = try integrationRow()
    let generation = try takeLease(integration)
    let bookmark = try bookmark(of: integration)
    if let open = try interrupted(integration) {
      let opening = RunOpening(
        id: RunID(rawValue: open.run), generation: generation, isResumed: true, cursor: open.cursor, bookmark: bookmark,
        pagesStaged: try pages(of: open.run))
      if open.canResume {
        let row = try database.statement(
          """
          UPDATE sis_sync_operation SET state = 'running', touched_at = ?2, provider_version = ?3,
            ended_at = NULL, error_category = NULL, error_code = NULL, error_message = NULL,
            error_advice = NULL
          WHERE run = ?1
          """)
        row.bind(1, open.run)
        row.bind(2, request.now.milliseconds)
        row.bind(3, request.providerVersion)
        try row.run()
        try Audit(database).write("run-resumed", integration: integration, run: open.run, at: request.now)
        return opening
      }
      try RunRow(database, opening).discard(state: .interrupted, now: request.now)
    }
    return RunOpening(
      id: try insertRun(integration), generation: generation, isResumed: false, cursor: nil, bookmark: bookmark,
      pagesStaged: 0)
  }

  private func integrationRow() throws(StoreError) -> Int64 {
    let insert = try database.statement(
      "INSERT INTO sis_integration (name, provider, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET provider = ?2")
    insert.bind(1, request.integration.rawValue)
    insert.bind(2, request.provider.rawValue)
    insert.bind(3, request.now.milliseconds)
    try insert.run()
    let find = try database.statement("SELECT integration FROM sis_integration WHERE name = ?1")
    find.bind(1, request.integration.rawValue)
    defer { find.reset() }
    guard try find.step() else { throw StoreError(.internal, "the integration's row is not there") }
    return find.int(0)
  }

  private func takeLease(_ integration: Int64) throws(StoreError) -> Int64 {
    let lease = try database.statement(
      "SELECT lease_holder, lease_until, lease_generation FROM sis_integration WHERE integration = ?1")
    lease.bind(1, integration)
    guard try lease.step() else { throw StoreError(.internal, "the integration's row is not there") }
    let (holder, until, generation) = (lease.textOrNil(0), lease.int(1), lease.int(2))
    lease.reset()
    if let holder = holder.flatMap({ LeaseHolder(text: $0) }), until > request.now.milliseconds, !holder.isGone {
      let who = holder == .current ? "this process" : "process \(holder.pid)"
      throw StoreError(.busy, "\(request.integration.rawValue) is being synced by \(who)")
    }
    let take = try database.statement(
      "UPDATE sis_integration SET lease_holder = ?2, lease_until = ?3, lease_generation = ?4 WHERE integration = ?1")
    take.bind(1, integration)
    take.bind(2, LeaseHolder.current.text)
    take.bind(3, request.now.advanced(byMilliseconds: LeaseHolder.milliseconds).milliseconds)
    take.bind(4, generation + 1)
    try take.run()
    return generation + 1
  }

  private func bookmark(of integration: Int64) throws(StoreError) -> Cursor? {
    let row = try database.statement("SELECT bookmark, bookmark_version FROM sis_integration WHERE integration = ?1")
    row.bind(1, integration)
    defer { row.reset() }
    guard try row.step(), !row.isNull(0) else { return nil }
    return Cursor(version: UInt32(clamping: row.int(1)), bytes: row.blob(0))
  }

  private struct Interrupted {
    var run: Int64
    var cursor: Cursor?
    var canResume: Bool
  }

  /// The last run of the integration if it left something staged.
  private func interrupted(_ integration: Int64) throws(StoreError) -> Interrupted? {
    let row = try database.statement(
      """
      SELECT run, state, keeps_staged, provider, mode, dry_run, touched_at, cursor, cursor_version
      FROM sis_sync_operation WHERE integration = ?1 ORDER BY run DESC LIMIT 1
      """)
    row.bind(1, integration)
    defer { row.reset() }
    guard try row.step(), row.int(2) == 1, ["running", "interrupted", "failed"].contains(row.text(1)) else { return nil }
    let isSame = row.text(3) == request.provider.rawValue && row.text(4) == request.mode.rawValue
    let isFresh = row.int(6) > request.now.milliseconds - Self.resumableMilliseconds
    let cursor = row.isNull(7) ? nil : Cursor(version: UInt32(clamping: row.int(8)), bytes: row.blob(7))
    return Interrupted(
      run: row.int(0), cursor: cursor,
      canResume: isSame && isFresh && !request.startsAnew && (row.int(5) == 1) == request.isDryRun && cursor != nil)
  }

  private func pages(of run: Int64) throws(StoreError) -> Int {
    let row = try database.statement("SELECT count(*) FROM sis_sync_page WHERE run = ?1")
    row.bind(1, run)
    defer { row.reset() }
    return try row.step() ? Int(row.int(0)) : 0
  }

  private func insertRun(_ integration: Int64) throws(StoreError) -> RunID {
    let row = try database.statement(
      """
      INSERT INTO sis_sync_operation
        (integration, provider, provider_version, mode, dry_run, state, started_at, touched_at, first_version)
      VALUES (?1, ?2, ?3, ?4, ?5, 'running', ?6, ?6, (SELECT coalesce(max(version), 0) + 1 FROM roster_version))
      """)
    row.bind(1, integration)
    row.bind(2, request.provider.rawValue)
    row.bind(3, request.providerVersion)
    row.bind(4, request.mode.rawValue)
    row.bind(5, request.isDryRun)
    row.bind(6, request.now.milliseconds)
    try row.run()
    let run = database.lastRowID
    try Audit(database).write("run-began", integration: integration, run: run, at: request.now)
    return RunID(rawValue: run)
  }
}
