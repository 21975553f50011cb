import Foundation
import HostModel
import SyncCore
import TestSupport

@testable import SQLiteStore

/// A database in a folder of its own.
struct StoreFolder {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("roster.db").path
  }

  func open(busyMilliseconds: Int32 = 5_000) throws(StoreError) -> RosterStore {
    try RosterStore(path: path, busyMilliseconds: busyMilliseconds)
  }

  /// Another connection, as another process would have it.
  func connection(_ access: SQLiteDatabase.Access = .readWrite) throws(StoreError) -> SQLiteDatabase {
    try SQLiteDatabase(path: path, access: access)
  }

  /// The first column of a query.
  func column(_ sql: String) throws(StoreError) -> [String] {
    let database = try connection(.readOnly)
    defer { withExtendedLifetime(database) {} }
    var values: [String] = []
    try database.statement(sql).each { (row) throws(StoreError) in values.append(row.text(0)) }
    return values
  }

  func number(_ sql: String) throws(StoreError) -> Int { Int(try column(sql).first ?? "") ?? -1 }

  func execute(_ sql: String) throws(StoreError) { try connection().execute(sql) }

  func export(_ integration: String? = nil) throws(StoreError) -> String {
    var bytes: [UInt8] = []
    try RosterReader(path: path).export(integration: integration) {
      bytes += $0
      return true
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What is live, as `user 1`, in the order of the export.
  func live() throws(StoreError) -> [String] {
    try column("SELECT kind || ' ' || sourced_id FROM roster_live ORDER BY kind, sourced_id")
  }

  /// The bytes of the database file.
  func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  /// The run's tallies as they are stored.
  func tallies(_ run: RunID) throws(StoreError) -> [RecordKind: KindTally] {
    try RosterReader(path: path).run(run.rawValue)?.tallies ?? [:]
  }
}

extension HostInstant {
  /// When the tests' first run begins.
  static let start = HostInstant(milliseconds: 1_700_000_000_000)
}
