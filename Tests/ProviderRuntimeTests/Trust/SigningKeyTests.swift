import Foundation
import HostModel
import Testing

@testable import ProviderRuntime

struct SigningKeyTests {
  @Test func `a key survives its PEM, and each one is another`() throws {
    let key = try SigningKey.generate()
    let pem = try key.pem()
    #expect(pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    #expect(try SigningKey(pem: pem).publicKey == key.publicKey)
    #expect(try SigningKey.generate().publicKey != key.publicKey)
  }

  @Test func `its public key verifies its signatures and no others, each for its own purpose`() throws {
    let (key, other) = (try SigningKey.generate(), try SigningKey.generate())
    let text = Array("id=a\n".utf8)
    let signature = try key.sign(text, for: .provider)
    #expect(key.publicKey.verifies(signature.bytes, of: text, for: .provider))
    #expect(!key.publicKey.verifies(signature.bytes, of: text, for: .revocations))
    #expect(!key.publicKey.verifies(signature.bytes, of: text + [0], for: .provider))
    #expect(!other.publicKey.verifies(signature.bytes, of: text, for: .provider))
    #expect(!key.publicKey.verifies(Array(signature.bytes.dropLast()), of: text, for: .provider))
    #expect(!key.publicKey.verifies([UInt8](repeating: 0, count: 64), of: text, for: .provider))
  }

  @Test func `a public key survives its line`() throws {
    let key = try SigningKey.generate().publicKey
    for owner in ["", "Oak District IT"] {
      let read = try #require(PublicKey.parse(line: key.line(owner: owner)))
      #expect(read.key == key && read.owner == owner)
    }
  }

  @Test(arguments: [
    "", "homeroom-ed25519", "homeroom-ed25519 AAAA",
    "ssh-ed25519 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "homeroom-ed25519 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "homeroom-ed25519 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURp= x",
    "homeroom-ed25519 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= a\nb",
  ])
  func `what is no public key is none`(line: String) { #expect(PublicKey.parse(line: line) == nil) }

  @Test(arguments: [
    "", "no key",
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg=\n-----END ENCRYPTED PRIVATE KEY-----\n",
  ])
  func `what is no Ed25519 key without a password is refused, and nobody is asked`(pem: String) {
    let error = #expect(throws: HostError.self) { try SigningKey(pem: pem) }
    #expect(error?.code == "key-unusable")
  }

  @Test(arguments: [
    ("a=1\nb=2\n", true), ("b=2\na=1\n", false), ("a=1\n\nb=2\n", false), ("a=1\nb=2", false),
    ("a=1\na=2\n", false),
    ("#x\na=1\n", false), ("a b=1\n", false), ("=1\n", false), ("a\n", false), ("a=\n", true),
    ("a=b=c\n", true),
    ("a=\u{1}\n", false), ("a=1\r\n", false), ("B=1\na=1\n", true), ("", true),
  ])
  func `one text is canonical, and every other way to write it is not`(text: String, isCanonical: Bool) {
    #expect((LineRecord(canonical: Array(text.utf8)) != nil) == isCanonical)
  }

  @Test(arguments: [
    ("2026-11-24T06:00:00Z", true), ("2026-11-24", false), ("2026-11-24T06:00:00+00:00", false),
    ("2026-02-30T00:00:00Z", false), ("2026-11-24T6:00:00Z", false), ("2026-11-24T06:00:00.000Z", false),
    ("0001-01-01T00:00:00Z", true), ("9999-12-31T23:59:59Z", true), ("2026-11-24t06:00:00z", false),
    ("20261124T060000Z", false), ("2026-11-24T06:00:60Z", false), ("aaaaaaaaaaaaaaaaaaaa", false),
  ])
  func `a moment has one text`(text: String, isMoment: Bool) {
    #expect((TrustMoment.parse(text) != nil) == isMoment)
  }

  @Test func `a day is its first moment`() {
    #expect(TrustMoment.parseDay("2026-11-24") == TrustMoment.parse("2026-11-24T00:00:00Z"))
    #expect(TrustMoment.parseDay("2026-11-24T00:00:00Z") != nil)
    #expect(TrustMoment.parseDay("24.11.2026") == nil)
  }
}
