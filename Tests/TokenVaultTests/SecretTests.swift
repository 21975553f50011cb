import Foundation
import HostModel
import TestSupport
import Testing

@testable import TokenVault

struct SecretTests {
  @Test(arguments: [
    ("env:PS_SECRET", SecretReference.environment("PS_SECRET")), ("file:secret", .file("secret")),
    ("file:/run/a:b", .file("/run/a:b")), ("credential:ps", .credential("ps")),
  ])
  func `a reference is read and written alike`(text: String, reference: SecretReference) {
    #expect(SecretReference(text) == reference)
    #expect(reference.description == text)
  }

  @Test(arguments: [
    "", "s3cret", "env:", "file:", "credential:", "credential:../x", "credential:..", "ENV:A", "https://x",
    "env:A=B",
    "file:a\0b",
  ])
  func `anything else is no reference`(text: String) { #expect(SecretReference(text) == nil) }

  func resolve(_ text: String, in folder: TemporaryFolder, _ environment: [String: String] = [:]) throws
    -> String?
  {
    let reference = try #require(SecretReference(text))
    return try SecretResolver(folder: folder.url.path, environment: environment).resolve(reference).reveal()
  }

  func refusal(_ text: String, in folder: TemporaryFolder, _ environment: [String: String] = [:])
    -> HostError?
  {
    do {
      _ = try resolve(text, in: folder, environment)
      return nil
    } catch { return error as? HostError }
  }

  @Test func `a secret is read from its file, its last line end dropped`() throws {
    let folder = try TemporaryFolder()
    for (content, secret) in [
      ("open sesame\n", "open sesame"), ("a\r\n", "a"), ("a\n\n", "a\n"), (" a ", " a "),
    ] {
      try folder.write("secret", content, mode: 0o600)
      #expect(try resolve("file:secret", in: folder) == secret)
      #expect(try resolve("file:" + folder.file("secret").path, in: folder) == secret)
    }
  }

  @Test(arguments: [0o604, 0o640, 0o660, 0o622, 0o610])
  func `a file that others may read or change is refused with the cure`(mode: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("secret", "hush", mode: mode)
    let error = refusal("file:secret", in: folder)
    #expect(error?.message.contains("has mode 0\(String(mode, radix: 8)): others can read it") == true)
    #expect(error?.advice == "chmod 600 \(folder.file("secret").path)")
    #expect(error.map { "\($0)".contains("hush") } == false)
  }

  @Test func `a file that is missing, empty, a folder or huge is refused`() throws {
    let folder = try TemporaryFolder()
    #expect(refusal("file:secret", in: folder)?.message.contains("No such file or directory") == true)
    try folder.write("empty", "\n", mode: 0o600)
    #expect(refusal("file:empty", in: folder)?.message.contains("is empty") == true)
    #expect(refusal("file:.", in: folder)?.message.contains("is no ordinary file") == true)
    try folder.write("huge", String(repeating: "x", count: 65_537), mode: 0o600)
    #expect(refusal("file:huge", in: folder)?.message.contains("is larger than 65536 bytes") == true)
    #expect(refusal("file:/dev/zero", in: folder)?.message.contains("is no ordinary file") == true)
  }

  @Test func `a variable and a systemd credential are read`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ps", "hush", mode: 0o440)
    #expect(try resolve("env:PS", in: folder, ["PS": "value"]) == "value")
    #expect(try resolve("credential:ps", in: folder, ["CREDENTIALS_DIRECTORY": folder.url.path]) == "hush")
    #expect(refusal("env:PS", in: folder)?.message.contains("the environment has no variable PS") == true)
    #expect(
      refusal("credential:ps", in: folder)?.message.contains("CREDENTIALS_DIRECTORY is not set") == true)
  }

  @Test func `a secret shows itself nowhere`() throws {
    let secret = Secret("open sesame".utf8)
    #expect("\(secret)" == "[redacted]")
    #expect(String(reflecting: secret) == "[redacted]")
    var dumped = ""
    dump(["k": secret], to: &dumped)
    #expect(!dumped.contains("sesame"))
    #expect(secret.reveal() == "open sesame")
    #expect(Secret([0xFF, 0xFE]).reveal() == nil)
    #expect(Secret([]).reveal() == "")
  }
}
