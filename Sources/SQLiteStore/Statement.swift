import CSQLite
import HostModel

/// One prepared statement: bind, step, read. Bound views must outlive the steps.
final class Statement {
  private let raw: OpaquePointer
  private unowned let database: SQLiteDatabase

  init(_ raw: OpaquePointer, of database: SQLiteDatabase) {
    self.raw = raw
    self.database = database
  }

  deinit { sqlite3_finalize(raw) }

  /// Ready for the next step, with the bindings as they are.
  func rewind() { sqlite3_reset(raw) }

  func reset() {
    sqlite3_reset(raw)
    sqlite3_clear_bindings(raw)
  }

  // MARK: - Binding, from 1

  func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(raw, index, value) }
  func bind(_ index: Int32, _ value: Int) { sqlite3_bind_int64(raw, index, Int64(value)) }
  func bind(_ index: Int32, _ value: Bool) { sqlite3_bind_int64(raw, index, value ? 1 : 0) }

  func bind(_ index: Int32, _ value: String?) {
    guard let value else { return bindNull(index) }
    sqlite3_bind_text64(
      raw, index, value, UInt64(value.utf8.count), homeroom_sqlite_transient(), UInt8(SQLITE_UTF8))
  }

  func bind(_ index: Int32, blob value: [UInt8]?) {
    guard let value else { return bindNull(index) }
    _ = value.withUnsafeBytes {
      sqlite3_bind_blob64(raw, index, $0.baseAddress, UInt64($0.count), homeroom_sqlite_transient())
    }
  }

  /// Binds UTF-8 without a copy: `text` must stay in place until the statement is reset.
  func bind(_ index: Int32, view text: UnsafeRawBufferPointer) {
    sqlite3_bind_text64(
      raw, index, text.bindMemory(to: CChar.self).baseAddress, UInt64(text.count), homeroom_sqlite_static(),
      UInt8(SQLITE_UTF8))
  }

  func bindNull(_ index: Int32) { sqlite3_bind_null(raw, index) }

  // MARK: - Running

  /// Is there a row?
  func step() throws(StoreError) -> Bool {
    let status = sqlite3_step(raw)
    switch status {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let error = database.error(status, String(cString: sqlite3_sql(raw)))
      sqlite3_reset(raw)
      throw error
    }
  }

  /// Runs to its end, and is ready for the next bindings.
  func run() throws(StoreError) {
    while try step() {}
    sqlite3_reset(raw)
  }

  /// Calls `body` for each row.
  func each(_ body: (Statement) throws(StoreError) -> Void) throws(StoreError) {
    // Also where `body` throws: a statement that stands in a row keeps its snapshot, and no later write can
    // begin.
    defer { sqlite3_reset(raw) }
    while try step() { try body(self) }
  }

  // MARK: - Columns, from 0

  func int(_ column: Int32) -> Int64 { sqlite3_column_int64(raw, column) }
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(raw, column) == SQLITE_NULL }

  func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
  func textOrNil(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
  func blob(_ column: Int32) -> [UInt8] { Array(bytes(column)) }

  /// In place, until the next step.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(raw, column)
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(raw, column)))
  }
}
