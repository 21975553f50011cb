import HostModel

/// Writes the lines of `sis_audit`: who did what when. Never a secret, never a pupil's name.
struct Audit {
  let database: SQLiteDatabase
  init(_ database: SQLiteDatabase) { self.database = database }

  func write(_ action: String, integration: Int64, run: Int64, at: HostInstant, detail: String = "") throws(StoreError) {
    let row = try database.statement(
      "INSERT INTO sis_audit (at, actor, action, integration, run, detail) VALUES (?1, 'host', ?2, ?3, ?4, ?5)")
    row.bind(1, at.milliseconds)
    row.bind(2, action)
    row.bind(3, integration)
    row.bind(4, run)
    row.bind(5, detail)
    try row.run()
  }
}
