import HostModel
import SyncCore

/// Publishes a run inside one transaction: counts what is new, changed, back and gone, asks the guard, and moves the
/// pointers.
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
    var (tallies, present) = try readPages(integration)
    try countStaged(integration, &tallies)
    let live = try countLive(integration)
    let gone = try findRemoved(integration, present, &tallies)
    let findings = ChangeGuard(limits: limits).findings(tallies, live: live)
    let state: RunState = dryRun ? .planned : findings.isEmpty ? .published : .held
    if state == .published {
      try apply(integration, gone: gone)
      try row.dropPacked()
    } else {
      try row.dropStaged()
    }
    try write(tallies)
    try row.write(state, now: now, keepsStaged: false, error: nil, findings: findings)
    try row.releaseLease(integration)
    try Audit(database).write("run-\(state.rawValue)", integration: integration, run: row.run, at: now)
    return PublishOutcome(state: state, tallies: tallies, findings: findings)
  }

  // MARK: - Counting

  /// Tallies with received, rejected, repeated and, for now, all distinct records as unchanged; and who is present.
  private func readPages(_ integration: Int64) throws(StoreError) -> ([RecordKind: KindTally], HostIDSet) {
    var tallies: [RecordKind: KindTally] = [:]
    let counted = try database.statement("SELECT kind, received, rejected FROM sis_sync_tally WHERE run = ?1")
    counted.bind(1, row.run)
    try counted.each { (row) throws(StoreError) in
      guard let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))) else { return }
      tallies[kind, default: KindTally()].received = Int(row.int(1))
      tallies[kind, default: KindTally()].rejected = Int(row.int(2))
    }
    var present = HostIDSet(upTo: try highestHostID())
    let pages = try database.statement("SELECT page, records, seen FROM sis_sync_page WHERE run = ?1")
    pages.bind(1, row.run)
    try pages.each { (row) throws(StoreError) in
      var (count, isKnown) = (0, true)
      let isWhole = SeenList.each(in: row.bytes(2)) { kind, hostID in
        count += 1
        if present.insert(hostID) {
          tallies[kind, default: KindTally()].unchanged += 1
        } else if !present.contains(hostID) {
          isKnown = false
        }
      }
      // Whoever is missing from it would be taken for gone.
      guard isWhole, isKnown, count == Int(row.int(1)) else {
        throw StoreError(.corrupt, "\(database.path): the list of what page \(row.int(0)) brought is damaged")
      }
    }
    for kind in tallies.keys {
      guard let tally = tallies[kind] else { continue }
      tallies[kind]?.repeated = tally.received - tally.rejected - tally.unchanged
    }
    // What was set aside counts as present (sis_plugin.h, sis_reject).
    let aside = try database.statement(
      """
      SELECT r.host_id FROM sis_quarantine q JOIN roster r
        ON r.integration = ?2 AND r.kind = q.kind AND r.sourced_id = q.sourced_id
      WHERE q.run = ?1
      """)
    aside.bind(1, row.run)
    aside.bind(2, integration)
    try aside.each { (row) throws(StoreError) in present.insert(row.int(0)) }
    return (tallies, present)
  }

  private func highestHostID() throws(StoreError) -> Int64 {
    let row = try database.statement("SELECT coalesce(max(host_id), 0) FROM roster")
    defer { row.reset() }
    return try row.step() ? row.int(0) : 0
  }

  private func countStaged(
    _ integration: Int64, _ tallies: inout [RecordKind: KindTally]
  ) throws(StoreError) {
    let staged = try database.statement(
      """
      SELECT r.kind, r.version = 0, r.live, count(*) FROM roster_version v JOIN roster r
        ON r.host_id = v.host_id AND r.staged = v.version
      WHERE v.version >= (SELECT first_version FROM sis_sync_operation WHERE run = ?1) AND v.run = ?1
      GROUP BY 1, 2, 3
      """)
    staged.bind(1, row.run)
    var counts: [(RecordKind, isNew: Bool, isLive: Bool, Int)] = []
    try staged.each { (row) throws(StoreError) in
      guard let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))) else { return }
      counts.append((kind, row.int(1) == 1, row.int(2) == 1, Int(row.int(3))))
    }
    for (kind, isNew, isLive, count) in counts {
      tallies[kind, default: KindTally()].unchanged -= count
      if isNew {
        tallies[kind, default: KindTally()].inserted += count
      } else if isLive {
        tallies[kind, default: KindTally()].updated += count
      } else {
        tallies[kind, default: KindTally()].restored += count
      }
    }
  }

  private func countLive(_ integration: Int64) throws(StoreError) -> [RecordKind: Int] {
    var live: [RecordKind: Int] = [:]
    let count = try database.statement("SELECT kind, count(*) FROM roster WHERE integration = ?1 AND live = 1 GROUP BY kind")
    count.bind(1, integration)
    try count.each { (row) throws(StoreError) in
      if let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))) { live[kind] = Int(row.int(1)) }
    }
    return live
  }

  // MARK: - Removal

  /// Live records that a complete enumeration did not bring (reliability.md 3.7).
  private func findRemoved(
    _ integration: Int64, _ present: HostIDSet, _ tallies: inout [RecordKind: KindTally]
  ) throws(StoreError) -> [Int64] {
    var gone: [Int64] = []
    var settled = HostIDSet(upTo: try highestHostID())
    let (complete, partial) = try ends()
    for end in partial { try eachLive(integration, end) { settled.insert($0) } }
    for end in complete {
      try eachLive(integration, end) { hostID in
        guard !present.contains(hostID), settled.insert(hostID) else { return }
        gone.append(hostID)
        tallies[end.kind, default: KindTally()].removed += 1
      }
    }
    return gone
  }

  /// Calls `body` with the host id of every live record of an end's kind and scope.
  private func eachLive(
    _ integration: Int64, _ end: (kind: RecordKind, scope: [StreamEnd.Condition]), _ body: (Int64) -> Void
  ) throws(StoreError) {
    let find = try database.statement(
      end.scope.isEmpty
        ? "SELECT host_id FROM roster WHERE integration = ?1 AND kind = ?2 AND live = 1"
        : """
        SELECT r.host_id FROM roster r JOIN roster_version v ON v.version = r.version
        WHERE r.integration = ?1 AND r.kind = ?2 AND r.live = 1 AND \(EndScope.sql(end.scope, from: 3))
        """)
    find.bind(1, integration)
    find.bind(2, Int64(end.kind.rawValue))
    for (index, condition) in end.scope.enumerated() { find.bind(Int32(index + 3), condition.value) }
    try find.each { (row) throws(StoreError) in body(row.int(0)) }
  }

  /// What was read to its end and what was not.
  ///
  /// - complete: the scopes in which absence means removal. A kind that is called partial as a whole has none;
  ///   nor has one with a rejected record of which not even the id is known, since that may be any of them.
  /// - partial: the scopes in which it means nothing, also where a wider one is complete.
  private typealias Ends = [(kind: RecordKind, scope: [StreamEnd.Condition])]
  private func ends() throws(StoreError) -> (complete: Ends, partial: Ends) {
    var (complete, partial): (Ends, Ends) = ([], [])
    var blocked: Set<UInt32> = []
    let ends = try database.statement("SELECT DISTINCT kind, complete, scope FROM sis_sync_end WHERE run = ?1")
    ends.bind(1, row.run)
    try ends.each { (row) throws(StoreError) in
      guard let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))), let scope = EndScope.parse(row.text(2)) else { return }
      if row.int(1) == 1 {
        complete.append((kind, scope))
      } else if scope.isEmpty {
        blocked.insert(kind.rawValue)
      } else {
        partial.append((kind, scope))
      }
    }
    let anonymous = try database.statement(
      "SELECT DISTINCT kind FROM sis_quarantine WHERE run = ?1 AND sourced_id = '' AND kind IS NOT NULL")
    anonymous.bind(1, row.run)
    try anonymous.each { (row) throws(StoreError) in blocked.insert(UInt32(clamping: row.int(0))) }
    return (complete.filter { !blocked.contains($0.kind.rawValue) }, partial)
  }

  // MARK: - Applying

  private func apply(_ integration: Int64, gone: [Int64]) throws(StoreError) {
    let move = try database.statement(
      """
      UPDATE roster SET live = 1, version = v.version, digest_high = v.digest_high, digest_low = v.digest_low, staged = 0
      FROM roster_version v
      WHERE v.version >= (SELECT first_version FROM sis_sync_operation WHERE run = ?1) AND v.run = ?1
        AND roster.host_id = v.host_id AND roster.staged = v.version
      """)
    move.bind(1, row.run)
    try move.run()
    for hostID in gone {
      let tombstone = try database.statement(
        """
        INSERT INTO roster_version (host_id, run, previous, digest_high, digest_low, record)
        SELECT host_id, ?2, version, 0, 0, NULL FROM roster WHERE host_id = ?1
        """)
      tombstone.bind(1, hostID)
      tombstone.bind(2, row.run)
      try tombstone.run()
      let remove = try database.statement("UPDATE roster SET live = 0, version = ?2, staged = 0 WHERE host_id = ?1")
      remove.bind(1, hostID)
      remove.bind(2, database.lastRowID)
      try remove.run()
    }
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
