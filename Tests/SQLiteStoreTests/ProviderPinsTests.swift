import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import SQLiteStore

struct ProviderPinsTests {
  private let folder: TemporaryFolder
  private let store: RosterStore

  init() throws {
    folder = try TemporaryFolder()
    store = try RosterStore(path: folder.file("roster.db").path)
  }

  private func sighting(
    _ version: String, signers: [String] = ["aa"], digest: String = "d", isNamed: Bool = false
  ) -> ProviderSighting {
    ProviderSighting(
      provider: ProviderID(rawValue: "powerschool"), version: version, digest: digest, signers: signers,
      isNamed: isNamed)
  }

  @discardableResult
  private func pin(
    _ sighting: ProviderSighting, allowing: Set<ProviderPin.Change> = [], actor: String = "host",
    at milliseconds: Int64 = 1_000
  ) async throws -> PinOutcome {
    try await store.pin(
      sighting, allowing: allowing, actor: actor, now: HostInstant(milliseconds: milliseconds))
  }

  private func audit() throws -> [String] {
    let database = try SQLiteDatabase(path: folder.file("roster.db").path, access: .readOnly)
    var lines: [String] = []
    try database.statement("SELECT actor, action, detail FROM sis_audit ORDER BY entry").each { row in
      lines.append("\(row.text(0)) \(row.text(1)) \(row.text(2))")
    }
    return lines
  }

  @Test func `the first use pins a provider, and the next only renews the time`() async throws {
    #expect(try await pin(sighting("1.0.0")) == .pinned)
    #expect(try await pin(sighting("1.0.0"), at: 5_000) == .holds(movedFrom: nil))
    let pins = try await store.pins()
    #expect(
      pins == [
        ProviderPin(
          provider: ProviderID(rawValue: "powerschool"), version: "1.0.0", digest: "d", signers: ["aa"],
          firstSeen: HostInstant(milliseconds: 1_000), lastSeen: HostInstant(milliseconds: 5_000))
      ])
    #expect(try audit().count == 1)
    #expect(try RosterReader(path: folder.file("roster.db").path).pins() == pins)
  }

  @Test func `a higher version by the same signer moves the pin, and the audit says so`() async throws {
    try await pin(sighting("1.9.0"))
    let outcome = try await pin(sighting("1.10.0", digest: "e"))
    guard case .holds(let old?) = outcome else { throw Unexpected(outcome: outcome) }
    #expect(old.version == "1.9.0")
    #expect(try await store.pins().map(\.version) == ["1.10.0"])
    #expect(
      try audit().last?.hasPrefix("host provider-changed powerschool 1.10.0 sha256:e signed by aa; was 1.9.0")
        == true)
  }

  @Test func `a lower version is refused until a person allows it, who is named in the audit`() async throws {
    try await pin(sighting("1.10.0"))
    let refused = try await pin(sighting("1.9.0"))
    guard case .refused(let changes, let pinned) = refused else { throw Unexpected(outcome: refused) }
    #expect(changes == [.downgrade] && pinned.version == "1.10.0")
    #expect(try await store.pins().map(\.version) == ["1.10.0"], "a refusal moves nothing")
    #expect(try await pin(sighting("1.9.0"), allowing: [.signer]) == refused, "another permission is none")
    try await pin(sighting("1.9.0"), allowing: [.downgrade], actor: "person ann")
    #expect(try await store.pins().map(\.version) == ["1.9.0"])
    #expect(
      try audit().last
        == "person ann provider-changed powerschool 1.9.0 sha256:d signed by aa; was 1.10.0 signed by aa, downgrade allowed"
    )
  }

  @Test func `a version that the config names is used without moving the pin`() async throws {
    try await pin(sighting("1.10.0"))
    #expect(try await pin(sighting("1.9.0", isNamed: true)) == .holds(movedFrom: nil))
    #expect(try await store.pins().map(\.version) == ["1.10.0"])
    try await pin(sighting("1.11.0", isNamed: true))
    #expect(try await store.pins().map(\.version) == ["1.11.0"])
  }

  @Test func `another signer is refused, and one of several pinned ones is enough`() async throws {
    try await pin(sighting("1.0.0", signers: ["aa"]))
    #expect(try await pin(sighting("1.1.0", signers: ["bb"])) != .holds(movedFrom: nil))
    #expect(try await store.pins().map(\.version) == ["1.0.0"])
    // How a key is rotated: signed by both for a while.
    try await pin(sighting("1.1.0", signers: ["aa", "bb"]))
    try await pin(sighting("1.2.0", signers: ["bb"]))
    #expect(try await store.pins().map(\.signers) == [["bb"]])
    let unsigned = try await pin(sighting("1.3.0", signers: []))
    guard case .refused([.signer], _) = unsigned else { throw Unexpected(outcome: unsigned) }
  }

  @Test func `a first signature needs nobody`() async throws {
    try await pin(sighting("1.0.0", signers: []))
    try await pin(sighting("1.0.0", signers: ["aa"]))
    #expect(try await store.pins().map(\.signers) == [["aa"]])
  }

  @Test func `the highest number of a revocation list is kept`() async throws {
    let now = HostInstant(milliseconds: 1_000)
    for (number, highest) in [(0, 0), (7, 7), (6, 7), (0, 7), (8, 8)] as [(Int64, Int64)] {
      #expect(try await store.highestRevocations(number, now: now) == highest)
    }
  }

  @Test func `a database of the first schema gets the tables`() async throws {
    let path = folder.file("old.db").path
    let old = try SQLiteDatabase(path: path, access: .readWrite)
    try old.execute(Schema.steps[0])
    try old.execute("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 1")
    #expect(try await RosterStore(path: path).pins() == [])
  }

  private struct Unexpected: Error {
    var outcome: PinOutcome
  }
}
