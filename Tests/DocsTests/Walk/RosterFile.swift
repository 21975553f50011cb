import CSQLite
import Foundation

/// A database, asked as the `sqlite3` shell asks it: rows of texts joined by `|`. The library answers, since
/// the shell need not be installed.
final class RosterFile {
  struct Failure: Error, CustomStringConvertible { var description: String }

  private var handle: OpaquePointer?

  init(_ file: URL) throws {
    guard sqlite3_open_v2(file.path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      throw Failure(description: "\(file.path) cannot be opened")
    }
    sqlite3_busy_timeout(handle, 5_000)
  }

  deinit { sqlite3_close_v2(handle) }

  func rows(_ sql: String) throws -> [String] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure(sql) }
    defer { sqlite3_finalize(statement) }
    var rows: [String] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_DONE: return rows
      case SQLITE_ROW:
        let texts = (0..<sqlite3_column_count(statement)).map { column in
          sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
        }
        rows.append(texts.joined(separator: "|"))
      default: throw failure(sql)
      }
    }
  }

  private func failure(_ sql: String) -> Failure {
    Failure(description: "\(sql): \(String(cString: sqlite3_errmsg(handle)))")
  }
}
