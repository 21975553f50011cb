import HostModel
import SyncCore

/// Stages records inside a transaction: one that differs from what is live becomes a version.
struct RecordStage {
  private let database: SQLiteDatabase
  private let run: Int64
  private let integration: Int64
  private let fresh: FreshRecords
  private let find: Statement
  private let append: Statement
  private var nextVersion: Int64
  /// How many versions were written, or written over.
  private(set) var changed = 0

  init(_ database: SQLiteDatabase, run: Int64, integration: Int64, fresh: FreshRecords) throws(StoreError) {
    self.database = database
    self.run = run
    self.integration = integration
    self.fresh = fresh
    find = try database.statement(
      """
      SELECT host_id, live, version, digest_high, digest_low, staged FROM roster
      WHERE integration = ?1 AND kind = ?2 AND sourced_id = ?3
      """)
    append = try database.statement(
      """
      INSERT INTO roster_version (version, host_id, run, previous, kind, sourced_id, digest_high, digest_low, record)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """)
    nextVersion = try database.highestVersion() + 1
  }

  /// A record of a page, in place.
  private struct Record {
    var kind: RecordKind
    var sourcedID: UnsafeRawBufferPointer
    var json: UnsafeRawBufferPointer
    var high: Int64
    var low: Int64

    init(_ entry: RecordBatch.Entry, in bytes: UnsafeRawBufferPointer) {
      kind = entry.kind
      sourcedID = UnsafeRawBufferPointer(rebasing: bytes[entry.idOffset..<entry.idOffset + entry.idLength])
      json = UnsafeRawBufferPointer(rebasing: bytes[entry.offset..<entry.offset + entry.length])
      high = Int64(bitPattern: entry.digest.high)
      low = Int64(bitPattern: entry.digest.low)
    }
  }

  /// - Returns: the record's host id.
  mutating func stage(
    _ entry: RecordBatch.Entry, in bytes: UnsafeRawBufferPointer
  ) throws(StoreError) -> Int64 {
    let record = Record(entry, in: bytes)
    find.bind(1, integration)
    find.bind(2, Int64(record.kind.rawValue))
    find.bind(3, view: record.sourcedID)
    guard try find.step() else {
      find.rewind()
      return try stageNew(record)
    }
    let hostID = find.int(0)
    let isSame = find.int(1) == 1 && find.int(3) == record.high && find.int(4) == record.low
    let (previous, staged) = (find.int(2), find.int(5))
    find.rewind()
    if isSame {
      // It was sent changed before in this run, and now as it lives: the last one wins.
      if staged != 0 { try drop(staged, of: hostID) }
    } else if staged != 0 {
      try replace(staged, with: record)
    } else {
      let version = nextVersion
      try append(record, hostID: hostID, previous: previous)
      try point(hostID, to: version)
    }
    return hostID
  }

  /// One that was never published: the number of its first version is its host id.
  private mutating func stageNew(_ record: Record) throws(StoreError) -> Int64 {
    let hash = FreshRecords.hash(record.kind, record.sourcedID)
    if let version = fresh.version(hash), try isStaged(record, as: version) {
      try replace(version, with: record)
      return version
    }
    let version = nextVersion
    try append(record, hostID: version, previous: 0)
    fresh.add(hash, version)
    return version
  }

  private func isStaged(_ record: Record, as version: Int64) throws(StoreError) -> Bool {
    let row = try database.statement(
      "SELECT 1 FROM roster_version WHERE version = ?1 AND run = ?2 AND host_id = ?1 AND kind = ?3 AND sourced_id = ?4")
    row.bind(1, version)
    row.bind(2, run)
    row.bind(3, Int64(record.kind.rawValue))
    row.bind(4, view: record.sourcedID)
    defer { row.reset() }
    return try row.step()
  }

  private mutating func append(_ record: Record, hostID: Int64, previous: Int64) throws(StoreError) {
    append.bind(1, nextVersion)
    append.bind(2, hostID)
    append.bind(3, run)
    append.bind(4, previous)
    append.bind(5, Int64(record.kind.rawValue))
    append.bind(6, view: record.sourcedID)
    append.bind(7, record.high)
    append.bind(8, record.low)
    append.bind(9, view: record.json)
    try append.run()
    nextVersion += 1
    changed += 1
  }

  /// Puts what was sent last in the place of what this run staged before: a run leaves one version of a record.
  private mutating func replace(_ staged: Int64, with record: Record) throws(StoreError) {
    let replace = try database.statement(
      """
      UPDATE roster_version SET digest_high = ?2, digest_low = ?3, record = ?4
      WHERE version = ?1 AND (digest_high != ?2 OR digest_low != ?3)
      """)
    replace.bind(1, staged)
    replace.bind(2, record.high)
    replace.bind(3, record.low)
    replace.bind(4, view: record.json)
    try replace.run()
    changed += database.changes
  }

  private func drop(_ staged: Int64, of hostID: Int64) throws(StoreError) {
    let drop = try database.statement("DELETE FROM roster_version WHERE version = ?1")
    drop.bind(1, staged)
    try drop.run()
    try point(hostID, to: 0)
  }

  private func point(_ hostID: Int64, to version: Int64) throws(StoreError) {
    let point = try database.statement("UPDATE roster SET staged = ?2 WHERE host_id = ?1")
    point.bind(1, hostID)
    point.bind(2, version)
    try point.run()
  }
}
