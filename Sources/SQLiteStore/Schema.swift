import HostModel

/// The tables (docs/data-model.md), as numbered steps: `PRAGMA user_version` tells which ones a file has had.
enum Schema {
  /// "HmRm": tells a Homeroom database from any other SQLite file.
  static let applicationID = 0x486D_526D

  static let steps = [step1, ProviderPins.tables]
  static var version: Int { steps.count }

  /// Brings a file to this version; every step is one transaction.
  ///
  /// - Throws: `open` for a foreign file, `tooNew` for one of a newer Homeroom.
  static func migrate(_ database: SQLiteDatabase) throws(StoreError) {
    let found = try version(of: database)
    guard found < version else { return }
    for number in found..<version {
      try database.transaction { () throws(StoreError) in
        // Another process may have done this step while this one waited for the lock.
        guard try version(of: database) == number else { return }
        try database.execute(steps[number])
        try database.execute("PRAGMA application_id = \(applicationID); PRAGMA user_version = \(number + 1)")
      }
    }
  }

  /// The version of a file, 0 for an empty one; only reads.
  ///
  /// - Throws: `open` for a foreign file, `tooNew` for one of a newer Homeroom.
  static func version(of database: SQLiteDatabase) throws(StoreError) -> Int {
    // One statement, one snapshot: another process may be making the tables at this moment.
    let mark = try database.statement(
      """
      SELECT application_id, (SELECT user_version FROM pragma_user_version),
        (SELECT count(*) FROM sqlite_schema)
      FROM pragma_application_id
      """)
    defer { mark.reset() }
    guard try mark.step() else { throw StoreError(.internal, "\(database.path): the database has no header") }
    let (owner, found, isEmpty) = (Int(mark.int(0)), Int(mark.int(1)), mark.int(2) == 0)
    guard owner == applicationID || (owner == 0 && isEmpty) else {
      throw StoreError(.open, "\(database.path): this is a database of another program (application id \(owner))")
    }
    guard found <= version else {
      throw StoreError(.tooNew, "\(database.path): the database has schema \(found); this Homeroom knows schema \(version)")
    }
    return found
  }

  /// A source id is there once. Publishing a district's first run makes it anew (`RunPublish.apply`).
  static let rosterIndex = "CREATE UNIQUE INDEX roster_by_source ON roster (integration, kind, sourced_id)"

  private static let step1 =
    tables + RecordKind.allCases.map { "INSERT INTO roster_kind VALUES (\($0.rawValue), '\($0.name)');" }.joined() + views

  private static let tables = """
    CREATE TABLE sis_integration (
      integration INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      provider TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      published_run INTEGER,
      published_at INTEGER,
      bookmark BLOB,
      bookmark_version INTEGER,
      lease_holder TEXT,
      lease_until INTEGER NOT NULL DEFAULT 0,
      lease_generation INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE sis_sync_operation (
      run INTEGER PRIMARY KEY,
      integration INTEGER NOT NULL REFERENCES sis_integration,
      provider TEXT NOT NULL,
      provider_version TEXT NOT NULL,
      mode TEXT NOT NULL,
      dry_run INTEGER NOT NULL,
      state TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      touched_at INTEGER NOT NULL,
      first_version INTEGER NOT NULL,
      keeps_staged INTEGER NOT NULL DEFAULT 1,
      cursor BLOB,
      cursor_version INTEGER,
      bookmark BLOB,
      bookmark_version INTEGER,
      error_category TEXT,
      error_code TEXT,
      error_message TEXT,
      error_advice TEXT,
      findings TEXT
    );
    CREATE INDEX sis_sync_operation_by_integration ON sis_sync_operation (integration, run);
    CREATE TABLE sis_sync_tally (
      run INTEGER NOT NULL REFERENCES sis_sync_operation,
      kind INTEGER NOT NULL,
      received INTEGER NOT NULL DEFAULT 0, repeated INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
      inserted INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
      restored INTEGER NOT NULL DEFAULT 0, removed INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (run, kind)
    ) WITHOUT ROWID;
    CREATE TABLE sis_sync_page (
      page INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES sis_sync_operation,
      at INTEGER NOT NULL,
      resource TEXT NOT NULL,
      records INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      rejected INTEGER NOT NULL,
      seen BLOB
    );
    CREATE INDEX sis_sync_page_by_run ON sis_sync_page (run);
    CREATE TABLE sis_sync_end (
      run INTEGER NOT NULL REFERENCES sis_sync_operation,
      kind INTEGER NOT NULL,
      complete INTEGER NOT NULL,
      scope TEXT NOT NULL,
      expected INTEGER
    );
    CREATE INDEX sis_sync_end_by_run ON sis_sync_end (run);
    CREATE TABLE sis_quarantine (
      entry INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES sis_sync_operation,
      kind INTEGER,
      sourced_id TEXT NOT NULL,
      field TEXT NOT NULL,
      reason TEXT NOT NULL,
      at INTEGER NOT NULL
    );
    CREATE INDEX sis_quarantine_by_run ON sis_quarantine (run);
    CREATE TABLE sis_audit (
      entry INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      integration INTEGER,
      run INTEGER,
      detail TEXT NOT NULL
    );
    CREATE TABLE roster_kind (kind INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE roster (
      host_id INTEGER PRIMARY KEY,
      integration INTEGER NOT NULL REFERENCES sis_integration,
      kind INTEGER NOT NULL REFERENCES roster_kind,
      sourced_id TEXT NOT NULL,
      live INTEGER NOT NULL DEFAULT 0,
      version INTEGER NOT NULL DEFAULT 0,
      digest_high INTEGER NOT NULL DEFAULT 0,
      digest_low INTEGER NOT NULL DEFAULT 0,
      staged INTEGER NOT NULL DEFAULT 0
    );
    \(rosterIndex);
    CREATE INDEX roster_gone ON roster (integration, kind) WHERE live = 0;
    CREATE TABLE roster_version (
      version INTEGER PRIMARY KEY,
      host_id INTEGER NOT NULL,
      run INTEGER NOT NULL,
      previous INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      sourced_id TEXT NOT NULL,
      digest_high INTEGER NOT NULL,
      digest_low INTEGER NOT NULL,
      record TEXT
    );

    """

  private static let views = """
    CREATE VIEW roster_live AS
      SELECT i.name AS integration, k.name AS kind, r.sourced_id, r.host_id, v.record, r.kind AS kind_number
      FROM roster r JOIN sis_integration i USING (integration) JOIN roster_kind k USING (kind)
      JOIN roster_version v USING (version) WHERE r.live = 1;
    CREATE VIEW sis_student_mapping AS
      SELECT integration, sourced_id, host_id FROM roster_live
      WHERE kind_number = 5 AND instr(record, '"role":"student"') > 0;
    CREATE VIEW sis_teacher_mapping AS
      SELECT integration, sourced_id, host_id FROM roster_live
      WHERE kind_number = 5 AND instr(record, '"role":"teacher"') > 0;
    CREATE VIEW sis_school_mapping AS SELECT integration, sourced_id, host_id FROM roster_live WHERE kind_number = 1;
    CREATE VIEW sis_class_mapping AS SELECT integration, sourced_id, host_id FROM roster_live WHERE kind_number = 4;
    CREATE VIEW sis_enrollment_mapping AS SELECT integration, sourced_id, host_id FROM roster_live WHERE kind_number = 6;
    CREATE VIEW schools AS
      SELECT integration, host_id, sourced_id, record ->> '$.name' AS name, record ->> '$.lowGrade' AS low_grade,
        record ->> '$.highGrade' AS high_grade
      FROM roster_live WHERE kind_number = 1;
    CREATE VIEW academic_sessions AS
      SELECT integration, host_id, sourced_id, record ->> '$.title' AS title, record ->> '$.sessionType' AS session_type,
        record ->> '$.schoolYear' AS school_year, record ->> '$.school' AS school_id,
        record ->> '$.beginDate' AS begin_date, record ->> '$.endDate' AS end_date
      FROM roster_live WHERE kind_number = 2;
    CREATE VIEW courses AS
      SELECT integration, host_id, sourced_id, record ->> '$.code' AS code, record ->> '$.title' AS title
      FROM roster_live WHERE kind_number = 3;
    CREATE VIEW classes AS
      SELECT integration, host_id, sourced_id, record ->> '$.code' AS code, record ->> '$.title' AS title,
        record ->> '$.course' AS course_id, record ->> '$.school' AS school_id, record ->> '$.periods[0]' AS period
      FROM roster_live WHERE kind_number = 4;
    CREATE VIEW users AS
      SELECT integration, host_id, sourced_id, record ->> '$.username' AS username, record ->> '$.enabled' AS enabled,
        record ->> '$.givenName' AS given_name, record ->> '$.familyName' AS family_name, record ->> '$.email' AS email,
        record ->> '$.grades[0]' AS grade, record ->> '$.enrollStatus' AS enroll_status,
        record ->> '$.primaryOrg' AS school_id, record
      FROM roster_live WHERE kind_number = 5;
    CREATE VIEW students AS SELECT * FROM users WHERE instr(record, '"role":"student"') > 0;
    CREATE VIEW teachers AS SELECT * FROM users WHERE instr(record, '"role":"teacher"') > 0;
    CREATE VIEW enrollments AS
      SELECT integration, host_id, sourced_id, record ->> '$.user' AS user_id, record ->> '$.class' AS class_id,
        record ->> '$.role' AS role, coalesce(record ->> '$.status', 'active') AS status,
        record ->> '$.beginDate' AS begin_date, record ->> '$.endDate' AS end_date
      FROM roster_live WHERE kind_number = 6;
    CREATE VIEW demographics AS
      SELECT integration, host_id, sourced_id, record ->> '$.birthDate' AS birth_date, record ->> '$.sex' AS sex
      FROM roster_live WHERE kind_number = 7;
    """
}
