import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

/// A file that was changed after it was signed is never loaded, and is called by that name, whatever the config says.
struct ModifiedFileTests {
  let fixture: SigningFixture
  let signed: Data

  init() throws {
    fixture = try SigningFixture()
    try fixture.put()
    signed = try fixture.sign()
    try fixture.trust()
  }

  private func expectModified(_ data: Data, _ what: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    try fixture.folder.write("provider.so", data)
    let lax = fixture.policy(requireSigned: false, allowUnsigned: [FileDigest.hex(of: data)])
    for context in [fixture.context(), .notConfigured, fixture.context(lax)] {
      let refusal = fixture.refusal(context)
      #expect(
        refusal?.code == "provider-modified", "\(what): \(refusal?.message ?? "loaded")",
        sourceLocation: sourceLocation)
    }
  }

  private func flipping(_ at: Int, bit: UInt8 = 1) -> Data {
    var data = signed
    data[at] ^= bit
    return data
  }

  private func place(_ text: String) throws -> Int {
    try #require(signed.range(of: Data(text.utf8), options: .backwards)).lowerBound
  }

  @Test func `one bit of the library`() throws {
    let libraryCount = try place("homeroom-signature 1")
    for at in [0, 4, 16, 32, 64, libraryCount / 3, libraryCount / 2, libraryCount - 1] {
      try expectModified(flipping(at), "byte \(at)")
    }
  }

  @Test func `one bit of the manifest that is signed`() throws {
    for text in ["abi=1.0", "id=fixture", "version=1.0.0", "sha256=", "size=", "created=", "platform="] {
      let at = try place("\n\(text)") + 1
      for offset in [0, text.utf8.count - 1, text.utf8.count] {
        try expectModified(flipping(at + offset), "\(text) \(offset)")
      }
    }
  }

  @Test func `one bit of the key, of the signature, of the magic and of the length`() throws {
    let line = try place("\n\n") + 2
    for at in [line, line + 20, line + 63, line + 70, line + 100] {
      try expectModified(flipping(at), "byte \(at)")
    }
    let magic = try place("homeroom-signature 1\n")
    for at in [magic, magic + 10, magic + 19, magic + 20] { try expectModified(flipping(at), "byte \(at)") }
    for at in signed.count - SignatureTrailer.footerCount..<signed.count {
      try expectModified(flipping(at), "byte \(at)")
    }
  }

  @Test func `a signature cut short at any place`() throws {
    let start = try place("homeroom-signature 1\n")
    for end in start + 1..<signed.count { try expectModified(signed.prefix(end), "cut at \(end)") }
    // Without any of it the file is what it was before, and that is another answer.
    try fixture.folder.write("provider.so", signed.prefix(start))
    #expect(fixture.refusal()?.code == "provider-unsigned")
  }

  @Test func `something behind the signature, and something before it`() throws {
    try expectModified(signed + Data("\n".utf8), "behind")
    let start = try place("homeroom-signature 1\n")
    try expectModified(signed.prefix(start) + Data([0]) + signed.suffix(from: start), "between")
    try expectModified(signed.prefix(start) + Data("#!/bin/sh\n".utf8), "no signature at all")
  }

  @Test func `the signature of another file`() throws {
    let start = try place("homeroom-signature 1\n")
    let other = try VendorFile(version: "1.0.1").data()
    try expectModified(other + signed.suffix(from: start), "another library")
  }

  @Test func `a signed manifest that speaks of another provider`() throws {
    // Signed by a key that is trusted, over the right bytes, and still not for this provider.
    let library = Data(signed.prefix(try place("homeroom-signature 1\n")))
    for (id, version, abi) in [
      ("other", "1.0.0", "1.0"), ("fixture", "2.0.0", "1.0"), ("fixture", "1.0.0", "1.1"),
    ] {
      let manifest = SignedManifest(
        id: id, version: version, abi: abi, digest: library.withUnsafeBytes { FileDigest.hex(of: $0) },
        size: library.count,
        created: fixture.now, notAfter: nil)
      var trailer = SignatureTrailer(manifest)
      #expect(trailer.signed.add(try fixture.key.sign(Array(manifest.record.text.utf8), for: .provider)))
      try expectModified(library + Data(trailer.bytes), "\(id) \(version) \(abi)")
    }
  }

  @Test func `a signature made for another purpose`() throws {
    let library = Data(signed.prefix(try place("homeroom-signature 1\n")))
    let manifest = SignedManifest(
      id: "fixture", version: "1.0.0", abi: "1.0", digest: library.withUnsafeBytes { FileDigest.hex(of: $0) },
      size: library.count, created: fixture.now, notAfter: nil)
    var trailer = SignatureTrailer(manifest)
    #expect(trailer.signed.add(try fixture.key.sign(Array(manifest.record.text.utf8), for: .revocations)))
    try expectModified(library + Data(trailer.bytes), "signed as a revocation list")
  }

  @Test func `a file that was changed is not signed anew either`() throws {
    try fixture.folder.write("provider.so", flipping(200))
    let error = #expect(throws: HostError.self) { try fixture.sign() }
    #expect(error?.code == "provider-modified")
  }
}

extension FileDigest {
  static func hex(of data: Data) -> String { data.withUnsafeBytes { hex(of: $0) } }
}
