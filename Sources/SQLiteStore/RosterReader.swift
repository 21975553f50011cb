import Foundation
import HostModel
import SyncCore

/// Reads a store's file, beside a writer or without one, over a connection of its own. Each call sees one snapshot.
package final class RosterReader {
  let database: SQLiteDatabase

  /// - Throws: `notFound` where there is no database yet, `open` for another program's, `tooNew`, `corrupt`.
  package init(path: String) throws(StoreError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreError(.notFound, "\(path): there is no database yet; the first sync makes it")
    }
    database = try SQLiteDatabase(path: path, access: .readOnly)
    let version = try Schema.version(of: database)
    guard version == Schema.version else {
      throw StoreError(
        .open, "\(path): the database has schema \(version); this Homeroom reads schema \(Schema.version)")
    }
  }

  /// One run as it stands in the tables.
  package struct Run: Sendable {
    package var id: Int64
    package var integration: String
    package var provider: String
    package var providerVersion: String
    package var mode: String
    package var isDryRun: Bool
    package var state: RunState
    package var startedAt: HostInstant
    package var endedAt: HostInstant?
    package var errorCode: String?
    package var errorMessage: String?
    package var errorAdvice: String?
    package var findings: [String]
    package var tallies: [RecordKind: KindTally]
    package var pages: Int
  }

  /// The last runs, newest first.
  package func runs(integration: String? = nil, limit: Int = 20) throws(StoreError) -> [Run] {
    let rows = try database.statement(
      Self.selectRun + " WHERE (?1 IS NULL OR i.name = ?1) ORDER BY o.run DESC LIMIT ?2")
    rows.bind(1, integration)
    rows.bind(2, limit)
    return try runs(rows)
  }

  package func run(_ id: Int64) throws(StoreError) -> Run? {
    let rows = try database.statement(Self.selectRun + " WHERE o.run = ?1")
    rows.bind(1, id)
    return try runs(rows).first
  }

  private static let selectRun = """
    SELECT o.run, i.name, o.provider, o.provider_version, o.mode, o.dry_run, o.state, o.started_at, o.ended_at,
      o.error_code, o.error_message, o.error_advice, o.findings, (SELECT count(*) FROM sis_sync_page p WHERE p.run = o.run)
    FROM sis_sync_operation o JOIN sis_integration i USING (integration)
    """

  private func runs(_ rows: Statement) throws(StoreError) -> [Run] {
    var runs: [Run] = []
    try rows.each { (row) throws(StoreError) in
      runs.append(
        Run(
          id: row.int(0), integration: row.text(1), provider: row.text(2), providerVersion: row.text(3), mode: row.text(4),
          isDryRun: row.int(5) == 1, state: RunState(rawValue: row.text(6)) ?? .failed,
          startedAt: HostInstant(milliseconds: row.int(7)),
          endedAt: row.isNull(8) ? nil : HostInstant(milliseconds: row.int(8)), errorCode: row.textOrNil(9),
          errorMessage: row.textOrNil(10), errorAdvice: row.textOrNil(11),
          findings: row.textOrNil(12)?.split(separator: "\n").map(String.init) ?? [], tallies: [:], pages: Int(row.int(13))))
    }
    for index in runs.indices { runs[index].tallies = try tallies(of: runs[index].id) }
    return runs
  }

  private func tallies(of run: Int64) throws(StoreError) -> [RecordKind: KindTally] {
    var tallies: [RecordKind: KindTally] = [:]
    let rows = try database.statement(
      """
      SELECT kind, received, repeated, rejected, inserted, updated, unchanged, restored, removed
      FROM sis_sync_tally WHERE run = ?1
      """)
    rows.bind(1, run)
    try rows.each { (row) throws(StoreError) in
      guard let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))) else { return }
      var tally = KindTally()
      tally.received = Int(row.int(1))
      tally.repeated = Int(row.int(2))
      tally.rejected = Int(row.int(3))
      tally.inserted = Int(row.int(4))
      tally.updated = Int(row.int(5))
      tally.unchanged = Int(row.int(6))
      tally.restored = Int(row.int(7))
      tally.removed = Int(row.int(8))
      tallies[kind] = tally
    }
    return tallies
  }

  /// What was set aside in a run.
  package struct Rejected: Sendable {
    package var kind: String
    package var sourcedID: String
    package var field: String
    package var reason: String
  }

  package func rejected(run: Int64, limit: Int = 100) throws(StoreError) -> [Rejected] {
    var list: [Rejected] = []
    let rows = try database.statement(
      """
      SELECT coalesce(k.name, ''), q.sourced_id, q.field, q.reason FROM sis_quarantine q LEFT JOIN roster_kind k USING (kind)
      WHERE q.run = ?1 ORDER BY q.entry LIMIT ?2
      """)
    rows.bind(1, run)
    rows.bind(2, limit)
    try rows.each { (row) throws(StoreError) in
      list.append(Rejected(kind: row.text(0), sourcedID: row.text(1), field: row.text(2), reason: row.text(3)))
    }
    return list
  }

  /// How many records of each kind live, of one integration or of all.
  package func counts(integration: String? = nil) throws(StoreError) -> [RecordKind: Int] {
    var counts: [RecordKind: Int] = [:]
    let rows = try database.statement(
      """
      SELECT r.kind, count(*) FROM roster r JOIN sis_integration i USING (integration)
      WHERE r.live = 1 AND (?1 IS NULL OR i.name = ?1) GROUP BY r.kind
      """)
    rows.bind(1, integration)
    try rows.each { (row) throws(StoreError) in
      if let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))) { counts[kind] = Int(row.int(1)) }
    }
    return counts
  }

  /// Writes the live roster as export lines, by kind, then by sourcedId, in constant memory.
  ///
  /// - Parameter write: given bytes, some 64 KB at a time; false ends the export.
  package func export(
    integration: String? = nil, kinds: [RecordKind] = RecordKind.inExportOrder, write: ([UInt8]) -> Bool
  ) throws(StoreError) {
    // One snapshot for all kinds.
    try database.execute("BEGIN")
    defer { try? database.execute("COMMIT") }
    var buffer: [UInt8] = []
    var goesOn = true
    for kind in RecordKind.inExportOrder where kinds.contains(kind) && goesOn {
      let head = Array("{\"kind\":\"\(kind.name)\",".utf8)
      let rows = try database.statement(
        """
        SELECT v.record FROM roster r JOIN roster_version v USING (version) JOIN sis_integration i USING (integration)
        WHERE r.kind = ?1 AND r.live = 1 AND (?2 IS NULL OR i.name = ?2) ORDER BY r.sourced_id, i.name
        """)
      rows.bind(1, Int64(kind.rawValue))
      rows.bind(2, integration)
      try rows.each { (row) throws(StoreError) in
        guard goesOn else { return }
        buffer.append(contentsOf: head)
        buffer.append(contentsOf: row.bytes(0).dropFirst())
        buffer.append(UInt8(ascii: "\n"))
        guard buffer.count >= 65_536 else { return }
        goesOn = write(buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    if goesOn, !buffer.isEmpty { _ = write(buffer) }
  }
}
