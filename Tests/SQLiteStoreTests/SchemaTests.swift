import Foundation
import HostModel
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct SchemaTests {
  let store: StoreFolder
  init() throws { store = try StoreFolder() }

  @Test func `an empty file becomes a database of this version, and is found so again`() throws {
    try store.folder.write("roster.db", "")
    _ = try store.open()
    #expect(try store.number("PRAGMA user_version") == Schema.version)
    #expect(try store.number("PRAGMA application_id") == Schema.applicationID)
    #expect(try store.number("SELECT count(*) FROM roster_kind") == RecordKind.allCases.count)
    _ = try store.open()
    #expect(try store.number("SELECT count(*) FROM roster_kind") == RecordKind.allCases.count)
  }

  @Test func `hosts that make the same new database at the same time all get it`() throws {
    for round in 0..<30 {
      let path = store.folder.file("\(round).db").path
      DispatchQueue.concurrentPerform(iterations: 6) { _ in
        do { _ = try RosterStore(path: path) } catch { Issue.record(error) }
      }
    }
  }

  @Test func `the tables and views that an integrator looks for are there`() throws {
    _ = try store.open()
    let names = try store.column("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    for name in [
      "sis_integration", "sis_sync_operation", "sis_student_mapping", "sis_teacher_mapping",
      "sis_school_mapping",
      "sis_class_mapping", "sis_enrollment_mapping", "sis_quarantine", "sis_audit", "students", "teachers",
      "schools",
      "classes", "courses", "enrollments", "academic_sessions", "demographics",
    ] { #expect(names.contains(name), "\(name)") }
  }

  @Test func `a database of another program is refused and not touched`() throws {
    try store.execute("PRAGMA application_id = 99; CREATE TABLE theirs (x)")
    let before = try store.bytes()
    let error = #expect(throws: StoreError.self) { try store.open() }
    #expect(error?.code == .open)
    #expect(error?.context.contains("database of another program (application id 99)") == true)
    #expect(error?.context.contains(store.path) == true)
    #expect(try store.bytes() == before)
  }

  @Test func `a database with tables and no mark is of another program`() throws {
    try store.execute("CREATE TABLE theirs (x)")
    let before = try store.bytes()
    #expect(throws: StoreError.self) { try store.open() }
    #expect(try store.bytes() == before)
  }

  @Test func `a database of a newer schema is refused and not touched`() throws {
    _ = try store.open()
    try store.execute("PRAGMA user_version = \(Schema.version + 1)")
    let before = try store.bytes()
    let error = #expect(throws: StoreError.self) { try store.open() }
    #expect(error?.code == .tooNew)
    #expect(
      error?.context.contains("schema \(Schema.version + 1); this Homeroom knows schema \(Schema.version)")
        == true)
    #expect(try store.bytes() == before)
    let reading = #expect(throws: StoreError.self) { try RosterReader(path: store.path) }
    #expect(reading?.code == .tooNew)
  }

  @Test func `a migration that finds no room leaves the file as it was, and runs when there is room`() throws
  {
    let database = try store.connection()
    try database.execute("PRAGMA max_page_count = 3")
    let error = #expect(throws: StoreError.self) { try Schema.migrate(database) }
    #expect(error?.code == .disk)
    #expect(try store.number("SELECT count(*) FROM sqlite_schema") == 0)
    try database.execute("PRAGMA max_page_count = 10000")
    try Schema.migrate(database)
    #expect(try store.number("PRAGMA user_version") == Schema.version)
  }
}
