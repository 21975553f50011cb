import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

struct SignatureTrailerTests {
  /// One form for ever: what is signed today must be read in ten years.
  @Test func `the form of a trailer is this, byte for byte`() throws {
    let key = try SigningKey(
      pem: """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----
        """)
    // RFC 8032 section 7.1, test 1.
    #expect(key.publicKey.bytes.prefix(4) == [0xD7, 0x5A, 0x98, 0x01])
    var trailer = SignatureTrailer(
      SignedManifest(
        id: "powerschool", version: "1.4.0", abi: "1.0", digest: String(repeating: "ab", count: 32),
        size: 4_096,
        created: HostInstant(milliseconds: 1_795_500_000_000),
        notAfter: HostInstant(milliseconds: 1_830_297_600_000)))
    #expect(trailer.signed.add(try key.sign(Array(trailer.signed.record.text.utf8), for: .provider)))
    let text = String(decoding: trailer.bytes, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(12) == [
        "homeroom-signature 1", "abi=1.0", "created=2026-11-24T06:00:00Z", "format=1", "id=powerschool",
        "notAfter=2028-01-01T00:00:00Z", "platform=\(SignedManifest.platform)",
        "sha256=abababababababababababababababababababababababababababababababab", "size=4096",
        "version=1.4.0", "",
        lines[11],
      ])
    let words = lines[11].split(separator: " ")
    #expect(words.prefix(2) == ["21fe31dfa154a261", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="])
    #expect(words.count == 3 && words[2].count == 88)
    #expect(
      lines.suffix(2) == [
        "homeroom-signature-bytes=\(String(repeating: "0", count: 7))\(text.utf8.count)", "",
      ])
    trailer.bytes.withUnsafeBytes {
      #expect(SignatureTrailer.find(in: $0) == .found(trailer, libraryCount: 0))
    }
  }

  /// So that a vendor can check a signature without Homeroom.
  @Test func `openssl verifies what was signed`() throws {
    let fixture = try SigningFixture()
    try fixture.put()
    let signed = try fixture.sign()
    let text = String(
      decoding: signed.suffix(
        from: try #require(signed.range(of: Data("homeroom-signature 1\n".utf8))).upperBound), as: UTF8.self)
    let halves = text.components(separatedBy: "\n\n")
    try fixture.folder.write("message", Data("homeroom-provider-v1\u{0}\(halves[0])\n".utf8))
    let signature = try #require(
      Data(base64Encoded: String(halves[1].split(separator: "\n")[0].split(separator: " ")[2])))
    try fixture.folder.write("signature", signature)
    try fixture.folder.write("key.pem", try fixture.key.pem(), mode: 0o600)
    let openssl = URL(fileURLWithPath: "/usr/bin/openssl")
    // The library's tool belongs to another package than the library: where it lacks the rest of this suite must do.
    guard FileManager.default.isExecutableFile(atPath: openssl.path) else { return }
    let run = try ToolProcess.run(
      openssl,
      ["pkeyutl", "-verify", "-rawin", "-inkey", "key.pem", "-in", "message", "-sigfile", "signature"],
      in: fixture.folder.url)
    #expect(run.status == 0, "\(run.text) \(run.errors)")
  }

  @Test(arguments: [UInt64(11), 12, 13, 14])
  func `five thousand damaged signatures are never taken for good ones, and none traps`(seed: UInt64) throws {
    let fixture = try SigningFixture()
    try fixture.put()
    try fixture.sign()
    let whole = [UInt8](try fixture.sign(with: try SigningKey.generate(), adding: true))
    // The library stands for itself elsewhere: a short one makes many rounds quick.
    let start = try #require(Data(whole).range(of: Data("homeroom-signature 1\n".utf8))).lowerBound
    let trailer = Array(whole[start...])
    let digest = String(repeating: "0", count: 64)
    var random = SeededRandom(seed: seed)
    for _ in 0..<5_000 {
      var bytes = trailer
      for _ in 0..<Int.random(in: 1...4, using: &random) { Self.damage(&bytes, &random) }
      guard bytes != trailer else { continue }
      bytes.withUnsafeBytes { buffer in
        let found = SignatureTrailer.find(in: buffer)
        guard case .found(let read, _) = found else { return }
        // Whatever could still be read: either it says the same, or a signature does not fit any more.
        let isSame = read.signed.text.utf8.elementsEqual(
          trailer.dropFirst(21).dropLast(SignatureTrailer.footerCount))
        #expect(isSame || !read.signed.isIntact(for: .provider))
        #expect(SignatureState.of(found, digest: digest, count: buffer.count) != .unsigned)
      }
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    guard !bytes.isEmpty else { return }
    let at = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[at] = [0x0A, 0x20, 0x3D, 0x30, 0x39, 0, 0xFF].randomElement(using: &random) ?? 0
    case 2: bytes.insert([0x0A, 0x20, 0x30].randomElement(using: &random) ?? 0, at: at)
    case 3: bytes.remove(at: at)
    case 4:
      let end = min(bytes.count, at + Int.random(in: 1...80, using: &random))
      bytes.insert(contentsOf: bytes[at..<end], at: at)
    default: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...80, using: &random)))
    }
  }

  @Test(arguments: [
    "homeroom-signature-bytes=9999999999\n", "homeroom-signature-bytes=0000000000\n",
    "homeroom-signature-bytes=0000000036\n", "homeroom-signature-bytes=000000003x\n",
    "homeroom-signature-bytes=-000000036\n", "homeroom-signature-bytes=0000000057\n",
  ])
  func `a length that is none is told`(text: String) {
    Array(("homeroom-signature 1\n" + text).utf8).withUnsafeBytes { bytes in
      guard case .damaged = SignatureTrailer.find(in: bytes) else {
        Issue.record("\(SignatureTrailer.find(in: bytes))")
        return
      }
    }
  }
}
