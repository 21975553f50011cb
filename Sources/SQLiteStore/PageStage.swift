import HostModel
import SyncCore

/// Stages pages inside one transaction: what changed as new versions, everything that was seen as packed lists, and where to
/// go on from.
struct PageStage {
  private let database: SQLiteDatabase
  private let row: RunRow
  private let integration: Int64
  private var records: RecordStage
  private var received = KindCounts()
  private var rejected = KindCounts()

  /// - Throws: `fenced` if another host took the run over.
  init(_ database: SQLiteDatabase, _ run: RunOpening, _ fresh: FreshRecords) throws(StoreError) {
    self.database = database
    row = RunRow(database, run)
    integration = try row.fenced()
    records = try RecordStage(database, run: row.run, integration: integration, fresh: fresh)
  }

  /// - Returns: how many versions of records were written, or written over.
  mutating func stage(_ pages: [StagedPage]) throws(StoreError) -> Int {
    for page in pages { try stage(page) }
    for (kind, number) in received.counted { try count(kind, received: number, rejected: rejected[kind]) }
    try writePlaces(pages)
    if let page = pages.last { try row.renewLease(integration, now: page.now) }
    return records.changed
  }

  private mutating func stage(_ page: StagedPage) throws(StoreError) {
    var seen = SeenList()
    let before = records.changed
    let result: Result<Void, StoreError> = page.batch.bytes.withUnsafeBytes { bytes in
      do throws(StoreError) {
        for entry in page.batch.entries {
          received[entry.kind] += 1
          seen.add(entry.kind, try records.stage(entry, in: bytes))
        }
        return .success(())
      } catch { return .failure(error) }
    }
    try result.get()
    try reject(page)
    try end(page.ends)
    try writePage(page, changed: records.changed - before, seen: seen.bytes)
  }

  private mutating func reject(_ page: StagedPage) throws(StoreError) {
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
      guard let kind = reject.kind else { continue }
      received[kind] += 1
      rejected[kind] += 1
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

  /// Where to go on from, and where a delta is to begin: of several pages the last word counts.
  private func writePlaces(_ pages: [StagedPage]) throws(StoreError) {
    if let page = pages.last(where: { $0.resume != nil }), let resume = page.resume {
      let update = try database.statement(
        "UPDATE sis_sync_operation SET cursor = ?2, cursor_version = ?3, touched_at = ?4 WHERE run = ?1")
      update.bind(1, row.run)
      update.bind(2, blob: resume.bytes)
      update.bind(3, Int64(resume.version))
      update.bind(4, page.now.milliseconds)
      try update.run()
    }
    if let bookmark = pages.last(where: { $0.bookmark != nil })?.bookmark {
      let update = try database.statement(
        "UPDATE sis_sync_operation SET bookmark = ?2, bookmark_version = ?3 WHERE run = ?1")
      update.bind(1, row.run)
      update.bind(2, blob: bookmark.bytes)
      update.bind(3, Int64(bookmark.version))
      try update.run()
    }
  }
}
