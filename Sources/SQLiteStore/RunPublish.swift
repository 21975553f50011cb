import HostModel
import SyncCore

/// Publishes a run inside one transaction: counts what is new, changed, back and gone, moves the pointers, and takes that back
/// if the guard wants a person to look first.
struct RunPublish {
  let database: SQLiteDatabase
  let row: RunRow
  let now: HostInstant

  init(_ database: SQLiteDatabase, _ run: RunOpening, _ now: HostInstant) {
    self.database = database
    row = RunRow(database, run)
    self.now = now
  }

  func publish(_ limits: GuardLimits, dryRun: Bool) throws(StoreError) -> PublishOutcome {
    let integration = try row.fenced()
    try database.execute("SAVEPOINT publish")
    let (tallies, live) = try applyMerged(integration)
    let findings = ChangeGuard(limits: limits).findings(tallies, live: live)
    let state: RunState = dryRun ? .planned : findings.isEmpty ? .published : .held
    if state == .published {
      try database.execute("RELEASE publish")
      try markPublished(integration)
      try row.dropPacked()
    } else {
      try database.execute("ROLLBACK TO publish; RELEASE publish")
      try row.dropStaged()
    }
    try write(tallies)
    try row.write(state, now: now, keepsStaged: false, error: nil, findings: findings)
    try row.releaseLease(integration)
    try Audit(database).write("run-\(state.rawValue)", integration: integration, run: row.run, at: now)
    return PublishOutcome(state: state, tallies: tallies, findings: findings)
  }

  // MARK: - Applying

  /// What a run does to the roster, and how many records of each kind lived before it.
  private typealias Change = (tallies: [RecordKind: KindTally], live: [RecordKind: Int])

  /// Applies the run. Where a record that was never published before was staged more than once, which the index on source ids
  /// tells, only the last one is kept, and it is applied again.
  private func applyMerged(_ integration: Int64) throws(StoreError) -> Change {
    do { return try apply(integration) } catch {
      guard database.hasMetDuplicate else { throw error }
      try database.execute("ROLLBACK TO publish")
      try mergeRepeated()
      return try apply(integration)
    }
  }

  private func apply(_ integration: Int64) throws(StoreError) -> Change {
    let first = try row.firstVersion()
    var (tallies, present) = try readPages(integration, first)
    try countChanged(first, &tallies)
    var removal = RunRemoval(database, run: row.run, integration: integration, present: present)
    try removal.find()
    for (kind, count) in removal.removed.counted { tallies[kind, default: KindTally()].removed = count }
    try movePointers(integration, first)
    try removal.apply()
    try countNew(integration, first, &tallies)
    return (tallies, removal.live)
  }

  /// Makes what was staged live: a new record gets its row, a changed one another version.
  private func movePointers(_ integration: Int64, _ first: Int64) throws(StoreError) {
    let isBulk = try isMostlyNew(first)
    if isBulk { try database.execute("DROP INDEX roster_by_source") }
    let move = try database.statement(
      """
      INSERT INTO roster (host_id, integration, kind, sourced_id, live, version, digest_high, digest_low, staged)
      SELECT host_id, ?3, kind, sourced_id, 1, version, digest_high, digest_low, 0
      FROM roster_version WHERE version >= ?2 AND run = ?1
      ON CONFLICT (host_id) DO UPDATE SET live = 1, version = excluded.version, digest_high = excluded.digest_high,
        digest_low = excluded.digest_low, staged = 0
      WHERE staged = excluded.version
      """)
    move.bind(1, row.run)
    move.bind(2, first)
    move.bind(3, integration)
    try move.run()
    if isBulk { try database.execute(Schema.rosterIndex) }
  }

  /// Is more staged than there is? Then the index is made anew in one go, in order: rows come in the order of their pages, and
  /// each would change another of its leaves.
  private func isMostlyNew(_ first: Int64) throws(StoreError) -> Bool {
    let staged = try database.highestVersion() - first + 1
    guard staged >= Self.bulk else { return false }
    let there = try database.statement("SELECT count(*) FROM (SELECT 1 FROM roster LIMIT ?1)")
    there.bind(1, staged)
    defer { there.reset() }
    return try there.step() && there.int(0) < staged
  }

  /// Fewer new records than this are not worth an index.
  private static let bulk: Int64 = 1_000

  /// Of each new record that was staged more than once, keeps the last version.
  private func mergeRepeated() throws(StoreError) {
    let merge = try database.statement(
      """
      DELETE FROM roster_version WHERE version IN (
        SELECT version FROM (
          SELECT version, row_number() OVER (PARTITION BY kind, sourced_id ORDER BY version DESC) AS place
          FROM roster_version WHERE version >= ?2 AND run = ?1 AND host_id >= ?2)
        WHERE place > 1)
      """)
    merge.bind(1, row.run)
    merge.bind(2, try row.firstVersion())
    try merge.run()
  }

  private func markPublished(_ integration: Int64) throws(StoreError) {
    let publish = try database.statement(
      """
      UPDATE sis_integration SET published_run = ?2, published_at = ?3,
        bookmark = (SELECT bookmark FROM sis_sync_operation WHERE run = ?2),
        bookmark_version = (SELECT bookmark_version FROM sis_sync_operation WHERE run = ?2)
      WHERE integration = ?1
      """)
    publish.bind(1, integration)
    publish.bind(2, row.run)
    publish.bind(3, now.milliseconds)
    try publish.run()
  }

  // MARK: - Counting

  /// Tallies with received, rejected and, for now, all distinct records that were published before as unchanged and all others
  /// as repeated; and who of those that were published before is present.
  ///
  /// - Parameter first: the host ids of records that were published before are below it.
  private func readPages(
    _ integration: Int64, _ first: Int64
  ) throws(StoreError) -> ([RecordKind: KindTally], HostIDSet) {
    var tallies: [RecordKind: KindTally] = [:]
    let counted = try database.statement("SELECT kind, received, rejected FROM sis_sync_tally WHERE run = ?1")
    counted.bind(1, row.run)
    try counted.each { (row) throws(StoreError) in
      guard let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))) else { return }
      tallies[kind, default: KindTally()].received = Int(row.int(1))
      tallies[kind, default: KindTally()].rejected = Int(row.int(2))
    }
    var present = HostIDSet(upTo: first - 1)
    var known = KindCounts()
    let highest = try database.highestVersion()
    let pages = try database.statement("SELECT page, records, seen FROM sis_sync_page WHERE run = ?1")
    pages.bind(1, row.run)
    try pages.each { (row) throws(StoreError) in
      var (count, isKnown) = (0, true)
      let isWhole = SeenList.each(in: row.bytes(2)) { kind, hostID in
        count += 1
        if present.insert(hostID) {
          known[kind] += 1
        } else if !present.contains(hostID), !(first...max(first, highest) ~= hostID) {
          isKnown = false
        }
      }
      // Whoever is missing from it would be taken for gone.
      guard isWhole, isKnown, count == Int(row.int(1)) else {
        throw StoreError(.corrupt, "\(database.path): the list of what page \(row.int(0)) brought is damaged")
      }
    }
    for (kind, tally) in tallies {
      tallies[kind]?.unchanged = known[kind]
      tallies[kind]?.repeated = tally.received - tally.rejected - known[kind]
    }
    try addAside(integration, to: &present)
    return (tallies, present)
  }

  /// What was set aside counts as present (sis_plugin.h, sis_reject).
  private func addAside(_ integration: Int64, to present: inout HostIDSet) throws(StoreError) {
    let aside = try database.statement(
      """
      SELECT r.host_id FROM sis_quarantine q JOIN roster r
        ON r.integration = ?2 AND r.kind = q.kind AND r.sourced_id = q.sourced_id
      WHERE q.run = ?1
      """)
    aside.bind(1, row.run)
    aside.bind(2, integration)
    try aside.each { (row) throws(StoreError) in present.insert(row.int(0)) }
  }

  /// Of those that were published before, which are updated and which restored.
  private func countChanged(_ first: Int64, _ tallies: inout [RecordKind: KindTally]) throws(StoreError) {
    let changed = try database.statement(
      """
      SELECT r.kind, r.live FROM roster_version v JOIN roster r ON r.host_id = v.host_id AND r.staged = v.version
      WHERE v.version >= ?2 AND v.run = ?1 AND v.host_id < ?2
      """)
    changed.bind(1, row.run)
    changed.bind(2, first)
    var (updated, restored) = (KindCounts(), KindCounts())
    try changed.each { (row) throws(StoreError) in
      guard let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))) else { return }
      if row.int(1) == 1 { updated[kind] += 1 } else { restored[kind] += 1 }
    }
    for kind in RecordKind.allCases where updated[kind] + restored[kind] > 0 {
      tallies[kind, default: KindTally()].updated = updated[kind]
      tallies[kind, default: KindTally()].restored = restored[kind]
      tallies[kind, default: KindTally()].unchanged -= updated[kind] + restored[kind]
    }
  }

  private func countNew(
    _ integration: Int64, _ first: Int64, _ tallies: inout [RecordKind: KindTally]
  ) throws(StoreError) {
    let new = try database.statement("SELECT kind FROM roster WHERE host_id >= ?2 AND +integration = ?1")
    new.bind(1, integration)
    new.bind(2, first)
    var inserted = KindCounts()
    try new.each { (row) throws(StoreError) in
      if let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))) { inserted[kind] += 1 }
    }
    for (kind, count) in inserted.counted {
      tallies[kind, default: KindTally()].inserted = count
      tallies[kind, default: KindTally()].repeated -= count
    }
  }

  private func write(_ tallies: [RecordKind: KindTally]) throws(StoreError) {
    for (kind, tally) in tallies {
      let write = try database.statement(
        "INSERT OR REPLACE INTO sis_sync_tally VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
      write.bind(1, row.run)
      write.bind(2, Int64(kind.rawValue))
      for (index, count) in [
        tally.received, tally.repeated, tally.rejected, tally.inserted, tally.updated, tally.unchanged, tally.restored,
        tally.removed,
      ].enumerated() { write.bind(Int32(index + 3), count) }
      try write.run()
    }
  }
}
