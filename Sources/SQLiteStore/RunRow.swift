import HostModel
import SyncCore

/// One run's row: the fence before every write, and how it ends.
struct RunRow {
  let database: SQLiteDatabase
  let opening: RunOpening
  var run: Int64 { opening.id.rawValue }

  init(_ database: SQLiteDatabase, _ opening: RunOpening) {
    self.database = database
    self.opening = opening
  }

  /// The integration of the run, if this host still holds it.
  ///
  /// - Throws: `fenced` if another host took it over.
  func fenced() throws(StoreError) -> Int64 {
    let row = try database.statement(
      """
      SELECT i.integration, i.lease_generation, i.name, i.lease_holder, o.state
      FROM sis_sync_operation o JOIN sis_integration i USING (integration) WHERE o.run = ?1
      """)
    row.bind(1, run)
    defer { row.reset() }
    guard try row.step() else { throw StoreError(.notFound, "run \(run) is not in the database") }
    guard row.int(1) == opening.generation, row.text(4) == "running" else {
      let holder = LeaseHolder(text: row.text(3)).map { "process \($0.pid)" } ?? "another host"
      throw StoreError(.fenced, "\(row.text(2)) was taken over by \(holder); this run may not write any more")
    }
    return row.int(0)
  }

  func renewLease(_ integration: Int64, now: HostInstant) throws(StoreError) {
    let row = try database.statement("UPDATE sis_integration SET lease_until = ?2 WHERE integration = ?1")
    row.bind(1, integration)
    row.bind(2, now.advanced(byMilliseconds: LeaseHolder.milliseconds).milliseconds)
    try row.run()
  }

  func releaseLease(_ integration: Int64) throws(StoreError) {
    let row = try database.statement("UPDATE sis_integration SET lease_until = 0 WHERE integration = ?1")
    row.bind(1, integration)
    try row.run()
  }

  /// Ends a run that was not published.
  func end(state: RunState, error: HostError?, keepsStaged: Bool, now: HostInstant) throws(StoreError) {
    let integration = try fenced()
    if !keepsStaged { try dropStaged() }
    try write(state, now: now, keepsStaged: keepsStaged, error: error)
    try releaseLease(integration)
    try Audit(database).write(
      "run-\(state.rawValue)", integration: integration, run: run, at: now, detail: error?.code ?? "")
  }

  /// Throws away what a run that nobody works on left.
  func discard(state: RunState, now: HostInstant) throws(StoreError) {
    try dropStaged()
    try write(state, now: now, keepsStaged: false, error: nil)
  }

  func write(
    _ state: RunState, now: HostInstant, keepsStaged: Bool, error: HostError?, findings: [GuardFinding] = []
  ) throws(StoreError) {
    let row = try database.statement(
      """
      UPDATE sis_sync_operation SET state = ?2, ended_at = ?3, touched_at = ?3, keeps_staged = ?4, error_category = ?5,
        error_code = ?6, error_message = ?7, error_advice = ?8, findings = ?9 WHERE run = ?1
      """)
    row.bind(1, run)
    row.bind(2, state.rawValue)
    row.bind(3, now.milliseconds)
    row.bind(4, keepsStaged)
    row.bind(5, error?.category.rawValue)
    row.bind(6, error?.code)
    row.bind(7, error?.message)
    row.bind(8, error?.advice)
    row.bind(9, findings.isEmpty ? nil : findings.map(\.reason).joined(separator: "\n"))
    try row.run()
  }

  /// The least version that can be the run's own.
  func firstVersion() throws(StoreError) -> Int64 {
    let row = try database.statement("SELECT first_version FROM sis_sync_operation WHERE run = ?1")
    row.bind(1, run)
    defer { row.reset() }
    guard try row.step() else { throw StoreError(.notFound, "run \(run) is not in the database") }
    return row.int(0)
  }

  /// Takes back what the run staged: versions, pointers to them, packed lists.
  func dropStaged() throws(StoreError) {
    let first = try firstVersion()
    for sql in [
      """
      UPDATE roster SET staged = 0 WHERE staged != 0 AND host_id IN
        (SELECT host_id FROM roster_version WHERE version >= ?2 AND run = ?1 AND host_id < ?2)
      """,
      "DELETE FROM roster_version WHERE version >= ?2 AND run = ?1",
    ] {
      let row = try database.statement(sql)
      row.bind(1, run)
      row.bind(2, first)
      try row.run()
    }
    try dropPacked()
  }

  /// The packed lists are needed until the run is applied or given up.
  func dropPacked() throws(StoreError) {
    let row = try database.statement("UPDATE sis_sync_page SET seen = NULL WHERE run = ?1 AND seen IS NOT NULL")
    row.bind(1, run)
    try row.run()
  }
}
