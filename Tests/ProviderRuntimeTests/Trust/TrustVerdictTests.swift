import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

/// Which signature counts, and what is said of those that do not.
struct TrustVerdictTests {
  let fixture: SigningFixture

  init() throws {
    fixture = try SigningFixture()
    try fixture.put()
  }

  @Test func `a file that a trusted key has signed is loaded, and the key is named`() throws {
    try fixture.sign()
    try fixture.trust()
    let inspection = try fixture.inspect()
    #expect(inspection.verdict.state == .signed && inspection.verdict.signers == [fixture.key.publicKey.id])
    #expect(inspection.verdict.found.contains("Oak") && !inspection.verdict.isWarning)
    #expect(try ProviderLibrary.load(inspection).manifest.version == "1.0.0")
  }

  @Test func `an unsigned file is refused with the hash that would allow it`() throws {
    let refusal = try #require(fixture.refusal())
    #expect(refusal.code == "provider-unsigned" && refusal.message.contains("is not signed"))
    let digest = try fixture.inspect().digest
    #expect(refusal.advice.contains("sha256:\(digest)"))
    #expect(fixture.refusal(fixture.context(fixture.policy(allowUnsigned: [digest]))) == nil)
    #expect(
      fixture.refusal(fixture.context(fixture.policy(allowUnsigned: [String(digest.reversed())]))) != nil)
    let lax = fixture.context(fixture.policy(requireSigned: false))
    #expect(fixture.refusal(lax) == nil)
    #expect(try fixture.inspect(lax).verdict.isWarning)
  }

  @Test func `without a trust section every file that was not changed is loaded, with a warning`() throws {
    let unsigned = try fixture.inspect(.notConfigured).verdict
    #expect(unsigned.state == .unsigned && unsigned.mayLoad && unsigned.isWarning)
    try fixture.sign()
    let signed = try fixture.inspect(.notConfigured).verdict
    #expect(
      signed.state == .unchecked && signed.mayLoad && signed.isWarning
        && signed.signers == [fixture.key.publicKey.id])
  }

  @Test func `a stranger's signature is told from a change`() throws {
    try fixture.sign()
    #expect(fixture.refusal()?.code == "provider-untrusted-key")
    #expect(fixture.refusal()?.message.contains(fixture.key.publicKey.id.description) == true)
  }

  @Test func `a key may sign what its pattern says`() throws {
    try fixture.sign()
    for (plugins, code) in [
      (["fixture"], nil), (["fix*"], nil), (["other", "fixture"], nil),
      (["fixtures"], "provider-wrong-pattern"),
      (["fixture-*"], "provider-wrong-pattern"), (["ixture"], "provider-wrong-pattern"),
    ] {
      try fixture.trust(plugins: plugins)
      #expect(fixture.refusal()?.code == code, "\(plugins)")
    }
  }

  @Test func `a key counts from its first moment until before its last`() throws {
    try fixture.sign()
    try fixture.trust(from: fixture.now, until: fixture.later(days: 2))
    func code(at moment: HostInstant) -> String? { fixture.refusal(fixture.context(at: moment))?.code }
    #expect(code(at: fixture.now.advanced(byMilliseconds: -1)) == "provider-not-yet-valid")
    #expect(code(at: fixture.now) == nil)
    #expect(code(at: fixture.later(days: 2).advanced(byMilliseconds: -1)) == nil)
    #expect(code(at: fixture.later(days: 2)) == "provider-expired")
  }

  @Test func `what was in use before its key expired goes on, and nothing else does`() throws {
    try fixture.sign()
    try fixture.trust(until: fixture.later(days: 1))
    let digest = try fixture.inspect().libraryDigest
    let after = fixture.later(days: 2)
    let verdict = try fixture.inspect(fixture.context(pinned: [digest], at: after)).verdict
    #expect(verdict.state == .expired && verdict.mayLoad && verdict.isWarning)
    #expect(verdict.signers == [fixture.key.publicKey.id])
    #expect(fixture.refusal(fixture.context(pinned: ["another"], at: after))?.code == "provider-expired")
  }

  @Test func `a signature with an end is worth nothing from then on, in use or not`() throws {
    try fixture.sign(notAfter: fixture.later(days: 3))
    try fixture.trust()
    let digest = try fixture.inspect().libraryDigest
    #expect(fixture.refusal(fixture.context(at: fixture.later(days: 3).advanced(byMilliseconds: -1))) == nil)
    let end = fixture.context(pinned: [digest], at: fixture.later(days: 3))
    #expect(fixture.refusal(end)?.code == "provider-expired")
  }

  @Test func `two signatures are demanded, and one is told to be too few`() throws {
    let second = try SigningKey.generate()
    let both = fixture.context(fixture.policy(minimumSignatures: 2))
    try fixture.sign()
    try fixture.trust()
    try fixture.trust(second)
    #expect(fixture.refusal(both)?.code == "provider-too-few-signatures")
    try fixture.sign(with: second, adding: true)
    #expect(fixture.refusal(both) == nil)
    #expect(try fixture.inspect(both).verdict.signers == [fixture.key, second].map(\.publicKey.id).sorted())
    // The same key twice is one.
    try fixture.sign()
    try fixture.sign(adding: true)
    #expect(fixture.refusal(both)?.code == "provider-too-few-signatures")
  }

  @Test func `one trusted signature is enough beside a stranger's`() throws {
    try fixture.sign()
    try fixture.sign(with: try SigningKey.generate(), adding: true)
    try fixture.trust()
    #expect(fixture.refusal() == nil)
  }

  @Test func `a revoked key is worth nothing, and another one's signature still counts`() throws {
    let (second, root) = (try SigningKey.generate(), try SigningKey.generate())
    try fixture.sign()
    try fixture.trust()
    try fixture.trust(second)
    try fixture.trust(root, plugins: ["none"], revokes: true)
    try fixture.revoke([.key(fixture.key.publicKey.id): "stolen laptop"], with: root)
    #expect(fixture.refusal()?.code == "provider-revoked")
    #expect(fixture.refusal()?.message.contains("stolen laptop") == true)
    try fixture.sign(with: second, adding: true)
    #expect(fixture.refusal() == nil)
  }

  @Test func `revoked files and versions are refused whoever signed them, also without any signature`() throws
  {
    try fixture.trust(revokes: true)
    let unsigned = try fixture.inspect()
    try fixture.sign()
    let signed = try fixture.inspect()
    #expect(signed.digest != signed.libraryDigest && signed.libraryDigest == unsigned.digest)
    for (subject, isRevoked) in [
      (RevocationList.Subject.file(signed.digest), true), (.file(signed.libraryDigest), true),
      (.file(String(repeating: "0", count: 64)), false),
      (.versions(id: "fixture", from: "1.0.0", to: "1.0.0"), true),
      (.versions(id: "fixture", from: "0.9", to: "1.2"), true),
      (.versions(id: "fixture", from: "1.0.1", to: "2"), false),
      (.versions(id: "other", from: "0", to: "9"), false),
    ] {
      try fixture.revoke([subject: "leaks"])
      #expect((fixture.refusal()?.code == "provider-revoked") == isRevoked, "\(subject)")
    }
    try fixture.put()
    try fixture.revoke([.file(unsigned.digest): "leaks"])
    let lax = fixture.context(fixture.policy(requireSigned: false, allowUnsigned: [unsigned.digest]))
    #expect(fixture.refusal(lax)?.code == "provider-revoked")
  }

  @Test func `a trust folder that cannot be relied on lets nothing through`() throws {
    try fixture.sign()
    try fixture.trust()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: fixture.folder.file("trust.d").path)
    #expect(fixture.refusal()?.code == "provider-trust-unusable")
    #expect(fixture.refusal()?.advice.contains("chmod go-w") == true)
  }

  @Test func `a symbolic link is followed only where trust is not configured`() throws {
    try fixture.sign()
    try fixture.trust()
    let link = fixture.folder.file("link.so")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: fixture.folder.file("provider.so"))
    let error = #expect(throws: HostError.self) {
      try ProviderLibrary.inspect(link.path, trust: fixture.context())
    }
    #expect(error?.code == "provider-link")
    #expect(try ProviderLibrary.inspect(link.path, trust: .notConfigured).manifest.id == "fixture")
    #expect(throws: HostError.self) {
      try ProviderSigner(key: fixture.key, now: fixture.now).sign(link.path, notAfter: nil)
    }
  }

  @Test func `what is worth nothing any more is noticed on a file that was inspected before`() throws {
    try fixture.sign()
    try fixture.trust(revokes: true)
    let inspection = try fixture.inspect()
    #expect(inspection.verdict.mayLoad)
    try fixture.revoke([.key(fixture.key.publicKey.id): "lost"])
    #expect(inspection.verdict(fixture.context()).state == .revoked)
    try FileManager.default.removeItem(at: fixture.folder.file("trust.d/revocations"))
    try fixture.trust(until: fixture.later(days: 1))
    #expect(inspection.verdict(fixture.context()).state == .signed)
    #expect(inspection.verdict(fixture.context(at: fixture.later(days: 1))).state == .expired)
  }
}
