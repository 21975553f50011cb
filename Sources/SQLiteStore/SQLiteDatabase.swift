import CSQLite
import HostModel

/// One connection to one SQLite file, with its prepared statements. Confined to the queue of its owner.
final class SQLiteDatabase {
  let path: String
  private let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  enum Access { case readWrite, readOnly }

  /// - Throws: `open`, `corrupt`, `busy`.
  init(path: String, access: Access, busyMilliseconds: Int32 = 5_000) throws(StoreError) {
    var raw: OpaquePointer?
    let flags = access == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let status = sqlite3_open_v2(path, &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard status == SQLITE_OK, let raw else {
      let words = raw.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(raw)
      throw StoreError(.open, "\(path): the database cannot be opened: \(words)")
    }
    handle = raw
    self.path = path
    sqlite3_busy_timeout(handle, busyMilliseconds)
  }

  deinit {
    statements = [:]
    sqlite3_close_v2(handle)
  }

  /// The statement of this text, prepared once; reset and without bindings.
  func statement(_ sql: String) throws(StoreError) -> Statement {
    if let known = statements[sql] {
      known.reset()
      return known
    }
    var raw: OpaquePointer?
    let status = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &raw, nil)
    guard status == SQLITE_OK, let raw else { throw error(status, "preparing \(sql)") }
    let made = Statement(raw, of: self)
    statements[sql] = made
    return made
  }

  /// Runs statements that answer nothing.
  func execute(_ sql: String) throws(StoreError) {
    let status = sqlite3_exec(handle, sql, nil, nil, nil)
    guard status == SQLITE_OK else { throw error(status, sql) }
  }

  /// One transaction that holds the write lock from its start. Rolled back if `body` throws.
  func transaction<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    try execute("BEGIN IMMEDIATE")
    do throws(StoreError) {
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      // Fails where SQLite has rolled back by itself, which is what is wanted.
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  /// The number of the newest row of `roster_version`; 0 where there is none.
  func highestVersion() throws(StoreError) -> Int64 {
    let row = try statement("SELECT coalesce(max(version), 0) FROM roster_version")
    defer { row.reset() }
    return try row.step() ? row.int(0) : 0
  }

  /// Did the last statement fail because a row stands there already?
  var hasMetDuplicate: Bool { sqlite3_extended_errcode(handle) == homeroom_sqlite_constraint_unique }

  var changes: Int { Int(sqlite3_changes64(handle)) }
  var lastRowID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// SQLite's words as an error of the store.
  func error(_ status: Int32, _ doing: String) -> StoreError {
    let words = String(cString: sqlite3_errmsg(handle))
    let code: StoreError.Code =
      switch status & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_FULL, SQLITE_IOERR: .disk
      case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .open
      default: .internal
      }
    let what = code == .internal ? " while \(doing.prefix(200))" : ""
    return StoreError(code, "\(path): \(words)\(what)")
  }
}
