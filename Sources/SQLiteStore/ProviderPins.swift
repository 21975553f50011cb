import HostModel
import SyncCore

/// The tables `sis_provider_pin` and `sis_trust_mark` (docs/data-model.md).
struct ProviderPins {
  static let tables = """
    CREATE TABLE sis_provider_pin (
      provider TEXT PRIMARY KEY,
      version TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      signers TEXT NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL
    );
    CREATE TABLE sis_trust_mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL, at INTEGER NOT NULL);
    """

  /// The highest number of a revocation list that was in force here.
  private static let revocations = "revocations"

  let database: SQLiteDatabase
  init(_ database: SQLiteDatabase) { self.database = database }

  func all() throws(StoreError) -> [ProviderPin] {
    try pins(try database.statement(Self.select + " ORDER BY provider"))
  }

  func find(_ provider: ProviderID) throws(StoreError) -> ProviderPin? {
    let rows = try database.statement(Self.select + " WHERE provider = ?1")
    rows.bind(1, provider.rawValue)
    return try pins(rows).first
  }

  private static let select =
    "SELECT provider, version, sha256, signers, first_seen, last_seen FROM sis_provider_pin"

  private func pins(_ rows: Statement) throws(StoreError) -> [ProviderPin] {
    var pins: [ProviderPin] = []
    try rows.each { (row) throws(StoreError) in
      pins.append(
        ProviderPin(
          provider: ProviderID(rawValue: row.text(0)), version: row.text(1), digest: row.text(2),
          signers: row.text(3).split(separator: " ").map(String.init),
          firstSeen: HostInstant(milliseconds: row.int(4)), lastSeen: HostInstant(milliseconds: row.int(5))))
    }
    return pins
  }

  func pin(
    _ sighting: ProviderSighting, allowing: Set<ProviderPin.Change>, actor: String, now: HostInstant
  ) throws(StoreError) -> PinOutcome {
    guard let pin = try find(sighting.provider) else {
      try write(sighting, now)
      try audit("provider-pinned", sighting, "first use", actor, now)
      return .pinned
    }
    let changes = pin.changes(to: sighting)
    let refused = changes.filter { !allowing.contains($0) }
    guard refused.isEmpty else { return .refused(refused, pin) }
    // Two integrations may run two versions: the one that the config names does not pull the other's pin down.
    if sighting.isNamed, pin.isAbove(sighting) { return .holds(movedFrom: nil) }
    try write(sighting, now)
    guard
      (pin.version, pin.digest, pin.signers) != (sighting.version, sighting.digest, sighting.signers)
    else { return .holds(movedFrom: nil) }
    let allowed = changes.map { ", \($0.rawValue) allowed" }.joined()
    try audit(
      "provider-changed", sighting, "was \(pin.version) \(Self.words(pin.signers))\(allowed)", actor, now)
    return .holds(movedFrom: pin)
  }

  private func write(_ sighting: ProviderSighting, _ now: HostInstant) throws(StoreError) {
    let row = try database.statement(
      """
      INSERT INTO sis_provider_pin (provider, version, sha256, signers, first_seen, last_seen)
      VALUES (?1, ?2, ?3, ?4, ?5, ?5)
      ON CONFLICT (provider) DO UPDATE SET version = ?2, sha256 = ?3, signers = ?4, last_seen = ?5
      """)
    row.bind(1, sighting.provider.rawValue)
    row.bind(2, sighting.version)
    row.bind(3, sighting.digest)
    row.bind(4, sighting.signers.joined(separator: " "))
    row.bind(5, now.milliseconds)
    try row.run()
  }

  /// - Returns: the highest number of a revocation list that was ever in force.
  func highestRevocations(_ number: Int64, _ now: HostInstant) throws(StoreError) -> Int64 {
    let row = try database.statement(
      """
      INSERT INTO sis_trust_mark (name, value, at) VALUES (?1, ?2, ?3)
      ON CONFLICT (name) DO UPDATE SET value = ?2, at = ?3 WHERE value < ?2
      """)
    row.bind(1, Self.revocations)
    row.bind(2, number)
    row.bind(3, now.milliseconds)
    try row.run()
    let mark = try database.statement("SELECT value FROM sis_trust_mark WHERE name = ?1")
    mark.bind(1, Self.revocations)
    defer { mark.reset() }
    return try mark.step() ? mark.int(0) : number
  }

  private static func words(_ signers: [String]) -> String {
    signers.isEmpty ? "unsigned" : "signed by " + signers.joined(separator: " ")
  }

  private func audit(
    _ action: String, _ sighting: ProviderSighting, _ more: String, _ actor: String, _ now: HostInstant
  ) throws(StoreError) {
    let row = try database.statement(
      "INSERT INTO sis_audit (at, actor, action, detail) VALUES (?1, ?2, ?3, ?4)")
    row.bind(1, now.milliseconds)
    row.bind(2, actor)
    row.bind(3, action)
    row.bind(
      4,
      "\(sighting.provider) \(sighting.version) sha256:\(sighting.digest) \(Self.words(sighting.signers)); \(more)"
    )
    try row.run()
  }
}

extension RosterStore: ProviderPinStore {
  package func pins() async throws(StoreError) -> [ProviderPin] {
    try await onQueue { (database) throws(StoreError) in try ProviderPins(database).all() }
  }

  package func pin(
    _ sighting: ProviderSighting, allowing: Set<ProviderPin.Change>, actor: String, now: HostInstant
  ) async throws(StoreError) -> PinOutcome {
    try await onQueue { (database) throws(StoreError) in
      try database.transaction { () throws(StoreError) in
        try ProviderPins(database).pin(sighting, allowing: allowing, actor: actor, now: now)
      }
    }
  }

  package func highestRevocations(_ number: Int64, now: HostInstant) async throws(StoreError) -> Int64 {
    try await onQueue { (database) throws(StoreError) in
      try database.transaction { () throws(StoreError) in
        try ProviderPins(database).highestRevocations(number, now)
      }
    }
  }
}

extension RosterReader {
  /// Every pin, by provider.
  package func pins() throws(StoreError) -> [ProviderPin] { try ProviderPins(database).all() }
}
