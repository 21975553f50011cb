import HostModel
import SyncCore

/// Stages one page inside a transaction: what changed as new versions, everything that was seen as a packed list, and the
/// cursor.
struct PageStage {
  let database: SQLiteDatabase
  let row: RunRow

  init(_ database: SQLiteDatabase, _ run: RunOpening) {
    self.database = database
    row = RunRow(database, run)
  }

  /// - Returns: how many records differ from what is live.
  func stage(_ page: StagedPage) throws(StoreError) -> Int {
    let integration = try row.fenced()
    var seen = SeenList()
    var changed = 0
    var received: [RecordKind: Int] = [:]
    let result: Result<Void, StoreError> = page.batch.bytes.withUnsafeBytes { bytes in
      do throws(StoreError) {
        for entry in page.batch.entries {
          received[entry.kind, default: 0] += 1
          let hostID = try stage(entry, bytes, integration, &changed)
          seen.add(entry.kind, hostID)
        }
        return .success(())
      } catch { return .failure(error) }
    }
    try result.get()
    try reject(page)
    for (kind, number) in received { try count(kind, received: number, rejected: 0) }
    try end(page.ends)
    try writePage(page, changed: changed, seen: seen.bytes)
    try writeCursor(page)
    try row.renewLease(integration, now: page.now)
    return changed
  }

  /// - Returns: the record's host id.
  private func stage(
    _ entry: RecordBatch.Entry, _ bytes: UnsafeRawBufferPointer, _ integration: Int64, _ changed: inout Int
  ) throws(StoreError) -> Int64 {
    let sourcedID = UnsafeRawBufferPointer(rebasing: bytes[entry.idOffset..<entry.idOffset + entry.idLength])
    let high = Int64(bitPattern: entry.digest.high)
    let low = Int64(bitPattern: entry.digest.low)
    let find = try database.statement(
      """
      SELECT host_id, live, version, digest_high, digest_low, staged FROM roster
      WHERE integration = ?1 AND kind = ?2 AND sourced_id = ?3
      """)
    find.bind(1, integration)
    find.bind(2, Int64(entry.kind.rawValue))
    find.bind(3, view: sourcedID)
    guard try find.step() else {
      find.reset()
      changed += 1
      return try insert(entry, bytes, sourcedID, integration)
    }
    let hostID = find.int(0)
    let isSame = find.int(1) == 1 && find.int(3) == high && find.int(4) == low
    let (previous, staged) = (find.int(2), find.int(5))
    find.reset()
    if isSame {
      // It was sent changed before in this run, and now as it lives: the last one wins.
      if staged != 0 { try drop(staged, of: hostID) }
    } else if staged != 0 {
      if try replace(staged, entry, bytes) { changed += 1 }
    } else {
      changed += 1
      let version = try append(hostID, previous: previous, entry, bytes)
      try point(hostID, to: version)
    }
    return hostID
  }

  private func insert(
    _ entry: RecordBatch.Entry, _ bytes: UnsafeRawBufferPointer, _ sourcedID: UnsafeRawBufferPointer,
    _ integration: Int64
  ) throws(StoreError) -> Int64 {
    let insert = try database.statement("INSERT INTO roster (integration, kind, sourced_id) VALUES (?1, ?2, ?3)")
    insert.bind(1, integration)
    insert.bind(2, Int64(entry.kind.rawValue))
    insert.bind(3, view: sourcedID)
    try insert.run()
    let hostID = database.lastRowID
    try point(hostID, to: try append(hostID, previous: 0, entry, bytes))
    return hostID
  }

  private func append(
    _ hostID: Int64, previous: Int64, _ entry: RecordBatch.Entry, _ bytes: UnsafeRawBufferPointer
  ) throws(StoreError) -> Int64 {
    let append = try database.statement(
      """
      INSERT INTO roster_version (host_id, run, previous, digest_high, digest_low, record)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """)
    append.bind(1, hostID)
    append.bind(2, row.run)
    append.bind(3, previous)
    append.bind(4, Int64(bitPattern: entry.digest.high))
    append.bind(5, Int64(bitPattern: entry.digest.low))
    append.bind(6, view: UnsafeRawBufferPointer(rebasing: bytes[entry.offset..<entry.offset + entry.length]))
    try append.run()
    return database.lastRowID
  }

  /// Puts what was sent last in the place of what this run staged before: a run leaves one version of a
  /// record.
  ///
  /// - Returns: does it differ?
  private func replace(
    _ staged: Int64, _ entry: RecordBatch.Entry, _ bytes: UnsafeRawBufferPointer
  ) throws(StoreError) -> Bool {
    let replace = try database.statement(
      """
      UPDATE roster_version SET digest_high = ?2, digest_low = ?3, record = ?4
      WHERE version = ?1 AND (digest_high != ?2 OR digest_low != ?3)
      """)
    replace.bind(1, staged)
    replace.bind(2, Int64(bitPattern: entry.digest.high))
    replace.bind(3, Int64(bitPattern: entry.digest.low))
    replace.bind(4, view: UnsafeRawBufferPointer(rebasing: bytes[entry.offset..<entry.offset + entry.length]))
    try replace.run()
    return database.changes > 0
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

  private func reject(_ page: StagedPage) throws(StoreError) {
    for reject in page.rejects {
      let insert = try database.statement(
        "INSERT INTO sis_quarantine (run, kind, sourced_id, field, reason, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
      insert.bind(1, row.run)
      if let kind = reject.kind { insert.bind(2, Int64(kind.rawValue)) } else { insert.bindNull(2) }
      insert.bind(3, reject.sourcedID)
      insert.bind(4, reject.field)
      insert.bind(5, reject.reason)
      insert.bind(6, page.now.milliseconds)
      try insert.run()
      if let kind = reject.kind { try count(kind, received: 1, rejected: 1) }
    }
  }

  private func count(_ kind: RecordKind, received: Int, rejected: Int) throws(StoreError) {
    let tally = try database.statement(
      """
      INSERT INTO sis_sync_tally (run, kind, received, rejected) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (run, kind) DO UPDATE SET received = received + ?3, rejected = rejected + ?4
      """)
    tally.bind(1, row.run)
    tally.bind(2, Int64(kind.rawValue))
    tally.bind(3, received)
    tally.bind(4, rejected)
    try tally.run()
  }

  private func end(_ ends: [StreamEnd]) throws(StoreError) {
    for end in ends {
      let insert = try database.statement(
        "INSERT INTO sis_sync_end (run, kind, complete, scope, expected) VALUES (?1, ?2, ?3, ?4, ?5)")
      insert.bind(1, row.run)
      insert.bind(2, Int64(end.kind.rawValue))
      insert.bind(3, end.complete)
      insert.bind(4, EndScope.text(end.scope))
      if let expected = end.expected { insert.bind(5, Int64(clamping: expected)) } else { insert.bindNull(5) }
      try insert.run()
    }
  }

  private func writePage(_ page: StagedPage, changed: Int, seen: [UInt8]) throws(StoreError) {
    let insert = try database.statement(
      """
      INSERT INTO sis_sync_page (run, at, resource, records, changed, rejected, seen)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """)
    insert.bind(1, row.run)
    insert.bind(2, page.now.milliseconds)
    insert.bind(3, page.resource)
    insert.bind(4, page.batch.entries.count)
    insert.bind(5, changed)
    insert.bind(6, page.rejects.count)
    insert.bind(7, blob: seen)
    try insert.run()
  }

  private func writeCursor(_ page: StagedPage) throws(StoreError) {
    if let resume = page.resume {
      let update = try database.statement(
        "UPDATE sis_sync_operation SET cursor = ?2, cursor_version = ?3, touched_at = ?4 WHERE run = ?1")
      update.bind(1, row.run)
      update.bind(2, blob: resume.bytes)
      update.bind(3, Int64(resume.version))
      update.bind(4, page.now.milliseconds)
      try update.run()
    }
    if let bookmark = page.bookmark {
      let update = try database.statement(
        "UPDATE sis_sync_operation SET bookmark = ?2, bookmark_version = ?3 WHERE run = ?1")
      update.bind(1, row.run)
      update.bind(2, blob: bookmark.bytes)
      update.bind(3, Int64(bookmark.version))
      try update.run()
    }
  }
}
