import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

struct TrustStoreTests {
  let fixture: SigningFixture
  init() throws { fixture = try SigningFixture() }

  private var folder: String { fixture.folder.file("trust.d").path }
  private func store() throws -> TrustStore { try TrustStore(folder: folder, now: fixture.now) }

  @Test func `a key is read as it was written`() throws {
    try fixture.trust(plugins: ["oak-*", "fixture"], until: fixture.later(days: 30), revokes: true)
    let key = try #require(try store().keys.first)
    #expect(key.key == fixture.key.publicKey && key.owner == "Oak" && key.plugins == ["oak-*", "fixture"])
    #expect(key.until == fixture.later(days: 30) && key.revokes)
    #expect(try store().revocations == nil)
  }

  @Test func `a key file written by hand, in any order and with remarks, is read`() throws {
    let key = fixture.key.publicKey
    try fixture.folder.write(
      "trust.d/\(key.id).key",
      "# our own key\n\nplugins=*\nkey=\(key.base64)\nfrom=2026-01-01T00:00:00Z\n")
    #expect(try store().keys.map(\.key) == [key])
  }

  @Test(arguments: [
    "", "key=\n", "nonsense", "plugins=*\n", "key=AAAA\nplugins=*\nfrom=2026-01-01T00:00:00Z\n",
    "from=yesterday\nplugins=*\nKEY\n", "plugins=OAK\nfrom=2026-01-01T00:00:00Z\nKEY\n",
    "plugins=*\nfrom=2026-01-01T00:00:00Z\nKEY\nKEY\n",
    "plugins=*\nfrom=2026-01-01T00:00:00Z\nKEY\nuntill=never\n",
    "plugins=*\nfrom=2026-01-01T00:00:00Z\nKEY\nrevokes=maybe\n",
  ])
  func `a key file that is none is left out and told, and hides no other`(text: String) throws {
    try fixture.trust()
    let other = try SigningKey.generate().publicKey
    try fixture.folder.write(
      "trust.d/\(other.id).key", text.replacingOccurrences(of: "KEY", with: "key=\(other.base64)"))
    let store = try store()
    #expect(store.keys.map(\.key) == [fixture.key.publicKey])
    #expect(store.problems.map(\.code) == ["trust-unusable"])
  }

  @Test func `a key under the name of another is left out`() throws {
    try fixture.trust()
    let path = fixture.folder.file("trust.d/\(fixture.key.publicKey.id).key").path
    try FileManager.default.moveItem(atPath: path, toPath: folder + "/0123456789abcdef.key")
    #expect(try store().keys == [])
  }

  @Test(arguments: [0o775, 0o757, 0o777])
  func `a folder that others may write to is not relied on`(mode: Int) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder)
    #expect(throws: HostError.self) { try store() }
  }

  @Test func `a file that others may write to, and a link, are left out`() throws {
    try fixture.trust()
    let path = fixture.folder.file("trust.d/\(fixture.key.publicKey.id).key").path
    try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: path)
    #expect(try store().keys == [])
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    try FileManager.default.moveItem(atPath: path, toPath: fixture.folder.file("elsewhere").path)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: fixture.folder.file("elsewhere").path)
    #expect(try store().keys == [])
  }

  @Test func `a folder that is not there is told with the command that makes it`() throws {
    let error = #expect(throws: HostError.self) {
      try TrustStore(folder: fixture.folder.file("nowhere").path, now: fixture.now)
    }
    #expect(error?.advice.contains("homeroom providers trust add") == true)
  }

  // MARK: - Revocations

  @Test func `a revocation list is read as it was written`() throws {
    try fixture.trust(revokes: true)
    let reasons: [RevocationList.Subject: String] = [
      .key(try SigningKey.generate().publicKey.id): "lost",
      .file(String(repeating: "c", count: 64)): "leaks names",
      .versions(id: "powerschool", from: "1.0.0", to: "1.3.9"): "wrong grades",
    ]
    try fixture.revoke(reasons, number: 7)
    let list = try #require(try store().revocations)
    #expect(list.number == 7 && list.reasons == reasons)
  }

  @Test
  func `a list counts only if a key that may revoke has signed it, and nothing else is trusted without it`()
    throws
  {
    try fixture.revoke([.file(String(repeating: "c", count: 64)): "leaks"])
    #expect(throws: HostError.self) { try store() }
    try fixture.trust()
    #expect(throws: HostError.self) { try store() }
    try fixture.trust(until: fixture.now, revokes: true)
    #expect(throws: HostError.self) { try store() }
    try fixture.trust(revokes: true)
    #expect(try store().revocations != nil)
  }

  @Test func `a list that was changed, and one with a line of a later version, let nothing through`() throws {
    try fixture.trust(revokes: true)
    try fixture.revoke([.file(String(repeating: "c", count: 64)): "leaks"])
    let file = fixture.folder.file("trust.d/revocations")
    let text = try String(contentsOf: file, encoding: .utf8)
    for changed in [
      text.replacingOccurrences(of: "leaks", with: "peeks"),
      text.replacingOccurrences(of: "number=1", with: "number=2"),
      String(text.dropLast(10)), text.replacingOccurrences(of: "file.c", with: "file.d"), "", "\n\n",
    ] {
      try fixture.folder.write("trust.d/revocations", changed)
      #expect(throws: HostError.self, "\(changed)") { try store() }
    }
    var record = LineRecord([
      "format": "1", "number": "3", "created": "2026-11-24T06:00:00Z", "host.oak=1": "new",
    ])
    record = LineRecord(
      record.values.merging(["vendor.someone": "new"]) { $1 }.filter { !$0.key.contains("=") })
    var signed = SignedText(record)
    #expect(signed.add(try fixture.key.sign(Array(record.text.utf8), for: .revocations)))
    try fixture.folder.write("trust.d/revocations", signed.text)
    #expect(throws: HostError.self) { try store() }
  }

  @Test(arguments: [
    ("key.0123456789abcdef", true), ("key.0123456789ABCDEF", false), ("key.0123", false),
    ("version.ps@1.0", true),
    ("version.ps@1.0..2.0", true), ("version.ps@2.0..1.0", false), ("version.ps@", false),
    ("version.@1", false),
    ("version.ps@1..2..3", false), ("version.p*@1", false), ("file.00", false), ("host.x", false),
    ("", false),
  ])
  func `what can be revoked has these forms`(text: String, isGood: Bool) {
    #expect((RevocationList.Subject(text) != nil) == isGood)
    #expect(RevocationList.Subject(text)?.description ?? text == text)
  }
}
