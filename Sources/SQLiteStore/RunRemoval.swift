import HostModel
import SyncCore

/// Live records that a complete enumeration did not bring (reliability.md 3.7): finds them, and lets them go.
struct RunRemoval {
  private let database: SQLiteDatabase
  private let run: Int64
  private let integration: Int64
  /// Who of those that were published before was brought, or set aside.
  private let present: HostIDSet
  private let highest: Int64

  /// How many records of each kind live before the run.
  private(set) var live: [RecordKind: Int] = [:]
  /// How many of them go.
  private(set) var removed = KindCounts()
  private var gone: [Int64] = []

  init(_ database: SQLiteDatabase, run: Int64, integration: Int64, present: HostIDSet) {
    self.database = database
    self.run = run
    self.integration = integration
    self.present = present
    highest = present.most
  }

  mutating func find() throws(StoreError) {
    var (gone, removed) = (self.gone, self.removed)
    // A record goes once, and not at all where a part that holds it was not read to its end.
    var settled = HostIDSet(upTo: highest)
    let (complete, partial) = try ends()
    for end in partial { try eachLive(of: end) { settled.insert($0) } }
    let whole = complete.filter { $0.scope.isEmpty }.map(\.kind)
    for kind in RecordKind.allCases {
      var count = 0
      let isWhole = whole.contains(kind)
      try eachLive(kind) { hostID in
        count += 1
        guard isWhole, !present.contains(hostID), settled.insert(hostID) else { return }
        gone.append(hostID)
        removed[kind] += 1
      }
      if count > 0 { live[kind] = count }
    }
    for end in complete where !end.scope.isEmpty {
      try eachLive(of: end) { hostID in
        guard !present.contains(hostID), settled.insert(hostID) else { return }
        gone.append(hostID)
        removed[end.kind] += 1
      }
    }
    (self.gone, self.removed) = (gone, removed)
  }

  func apply() throws(StoreError) {
    for hostID in gone {
      let tombstone = try database.statement(
        """
        INSERT INTO roster_version (host_id, run, previous, kind, sourced_id, digest_high, digest_low, record)
        SELECT host_id, ?2, version, kind, sourced_id, 0, 0, NULL FROM roster WHERE host_id = ?1
        """)
      tombstone.bind(1, hostID)
      tombstone.bind(2, run)
      try tombstone.run()
      let remove = try database.statement("UPDATE roster SET live = 0, version = ?2, staged = 0 WHERE host_id = ?1")
      remove.bind(1, hostID)
      remove.bind(2, database.lastRowID)
      try remove.run()
    }
  }

  // MARK: - Who lives

  /// Calls `body` with the host id of every live record of a kind. Both statements read nothing but an index.
  private func eachLive(_ kind: RecordKind, _ body: (Int64) -> Void) throws(StoreError) {
    var left = HostIDSet(upTo: highest)
    let others = try database.statement(
      "SELECT host_id FROM roster WHERE integration = ?1 AND kind = ?2 AND live = 0")
    let all = try database.statement("SELECT host_id FROM roster WHERE integration = ?1 AND kind = ?2")
    for statement in [others, all] {
      statement.bind(1, integration)
      statement.bind(2, Int64(kind.rawValue))
    }
    try others.each { (row) throws(StoreError) in left.insert(row.int(0)) }
    try all.each { (row) throws(StoreError) in
      let hostID = row.int(0)
      if !left.contains(hostID) { body(hostID) }
    }
  }

  /// The same for a part of a kind.
  private func eachLive(of end: End, _ body: (Int64) -> Void) throws(StoreError) {
    let find = try database.statement(
      """
      SELECT r.host_id FROM roster r JOIN roster_version v ON v.version = r.version
      WHERE r.integration = ?1 AND r.kind = ?2 AND r.live = 1 AND \(EndScope.sql(end.scope, from: 3))
      """)
    find.bind(1, integration)
    find.bind(2, Int64(end.kind.rawValue))
    for (index, condition) in end.scope.enumerated() { find.bind(Int32(index + 3), condition.value) }
    try find.each { (row) throws(StoreError) in body(row.int(0)) }
  }

  private typealias End = (kind: RecordKind, scope: [StreamEnd.Condition])

  /// What was read to its end and what was not.
  ///
  /// - complete: the scopes in which absence means removal. A kind that is called partial as a whole has none;
  ///   nor has one with a rejected record of which not even the id is known, since that may be any of them.
  /// - partial: the scopes in which it means nothing, also where a wider one is complete.
  private func ends() throws(StoreError) -> (complete: [End], partial: [End]) {
    var (complete, partial): ([End], [End]) = ([], [])
    var blocked: Set<UInt32> = []
    let ends = try database.statement("SELECT DISTINCT kind, complete, scope FROM sis_sync_end WHERE run = ?1")
    ends.bind(1, run)
    try ends.each { (row) throws(StoreError) in
      guard let kind = RecordKind(rawValue: UInt32(clamping: row.int(0))), let scope = EndScope.parse(row.text(2)) else { return }
      if row.int(1) == 1 {
        complete.append((kind, scope))
      } else if scope.isEmpty {
        blocked.insert(kind.rawValue)
      } else {
        partial.append((kind, scope))
      }
    }
    let anonymous = try database.statement(
      "SELECT DISTINCT kind FROM sis_quarantine WHERE run = ?1 AND sourced_id = '' AND kind IS NOT NULL")
    anonymous.bind(1, run)
    try anonymous.each { (row) throws(StoreError) in blocked.insert(UInt32(clamping: row.int(0))) }
    return (complete.filter { !blocked.contains($0.kind.rawValue) }, partial)
  }
}
