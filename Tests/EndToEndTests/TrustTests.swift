import Foundation
import TestSupport
import Testing

/// Keys, signatures, trust, revocation and pins, by the commands that an operator and a vendor have.
@Suite struct TrustTests {
  private let host: DistrictHost
  private let simulator: Simulator

  init() throws {
    simulator = try Simulator("csv", district: ["--students", "40"])
    host = try DistrictHost(baseURL: simulator.url, provider: "csv-roster", auth: #"{ scheme: "none" }"#)
    try put(try Data(contentsOf: BuiltTool.provider("csv_roster")))
  }

  private static let file = "providers/libsis_csv_roster.so"
  private var file: URL { host.folder.file(Self.file) }

  /// Puts a file in the provider's place, as an installation does: beside it, then renamed.
  private func put(_ data: Data) throws {
    try host.folder.write("new.so", data)
    #expect(rename(host.folder.file("new.so").path, file.path) == 0)
  }

  private func configureTrust(_ section: String = "trust: {},") throws {
    try host.rebase(from: "providers: [\"providers\"],", to: "providers: [\"providers\"], \(section)")
  }

  /// Runs a command that must succeed.
  @discardableResult
  private func run(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws
    -> ToolRun
  {
    let run = try ToolProcess.run(BuiltTool.homeroom, arguments, in: host.folder.url)
    #expect(run.status == 0, "\(arguments): \(run.text) \(run.errors)", sourceLocation: sourceLocation)
    return run
  }

  /// Makes a key pair and answers its id.
  private func keygen(_ name: String) throws -> String {
    let made = try JSONDecoder().decode(
      [String: String].self, from: run("providers", "keygen", "--out", name, "--json").output)
    return try #require(made["key"])
  }

  /// The file as if the vendor had given it another version, of the same length.
  private func version(_ version: String, of data: Data) -> Data {
    var data = data
    while let place = data.range(of: Data("1.0.0".utf8)) {
      data.replaceSubrange(place, with: Data(version.utf8))
    }
    return data
  }

  private func expectRefusal(_ words: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    let run = try host.run("sync", "oak-district")
    #expect(run.status == 1, "\(run.text)", sourceLocation: sourceLocation)
    for word in words { #expect(run.errors.contains(word), "\(run.errors)", sourceLocation: sourceLocation) }
  }

  @Test func `from an unsigned file to a signed one, and a changed one is never loaded`() throws {
    #expect(try run("sync", "oak-district").errors == "")
    #expect(try run("providers", "list").errors.contains("Trust is not configured"))
    #expect(try run("status").text.contains("Trust is not configured"))

    let id = try keygen("vendor.key")
    let mode = try FileManager.default.attributesOfItem(atPath: host.folder.file("vendor.key").path)[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(
      try host.run("providers", "keygen", "--out", "vendor.key").status == 1, "a key is never overwritten")
    #expect(
      try run("providers", "trust", "add", "vendor.key.pub", "--plugins", "csv-*").errors.contains("trust:"))
    try configureTrust()
    #expect(try run("config", "show").text.contains("trust.d"))
    try expectRefusal("is not signed", "homeroom providers sign")

    try run("providers", "sign", Self.file, "--key", "vendor.key", "--not-after", "2999-01-01")
    try run("sync", "oak-district")
    #expect(try run("status").text.contains("Trust") == false)
    let list = try run("providers", "list", "--json").text
    for part in ["\"state\":\"signed\"", "\"signers\":[\"\(id)\"]", "\"sha256\":\"", "\"version\":\"1.0.0\""]
    {
      #expect(list.contains(part), "\(list)")
    }
    let verified = try run("providers", "verify", Self.file)
    #expect(
      verified.text.contains("signed by \(id)") && verified.text.contains("nothing found"), "\(verified.text)"
    )

    var changed = try Data(contentsOf: file)
    changed[changed.count / 2] ^= 4
    try put(changed)
    try expectRefusal("was changed after it was signed")
    #expect(try host.run("providers", "verify", Self.file).status == 1)
    #expect(try run("providers", "list", "--json").text.contains("provider-modified"))
    try host.rebase(from: "trust: {},", to: "")
    try expectRefusal("was changed after it was signed")
  }

  @Test func `a file is allowed without a signature by its very hash`() throws {
    try run("providers", "trust", "add", try publicKey())
    let digest = try run("providers", "inspect", Self.file).text.split(separator: "\n")
      .first { $0.hasPrefix("sha256") }?.split(separator: " ").last
    try configureTrust("trust: { allowUnsigned: [\"sha256:\(try #require(digest))\"] },")
    try run("sync", "oak-district")
    #expect(try run("providers", "list").errors.contains("the config allows this very file"))
    try put(try Data(contentsOf: file) + Data([0]))
    try expectRefusal("is not signed")
  }

  private func publicKey() throws -> String {
    _ = try keygen("some.key")
    return "some.key.pub"
  }

  @Test func `going back to a lower version, and to another signer, waits for a person`() throws {
    let original = try Data(contentsOf: file)
    let (first, second) = (try keygen("first.key"), try keygen("second.key"))
    try run("providers", "trust", "add", "first.key.pub")
    try run("providers", "trust", "add", "second.key.pub")
    try configureTrust()
    try run("providers", "sign", Self.file, "--key", "first.key")
    try run("sync", "oak-district")
    #expect(try run("providers", "pin").text.contains("signed by \(first)"))

    try put(version("0.9.0", of: original))
    try run("providers", "sign", Self.file, "--key", "first.key")
    try expectRefusal("0.9.0", "1.0.0", "homeroom providers pin csv-roster --allow-downgrade")
    #expect(try host.run("providers", "pin", "csv-roster").status == 1)
    try run("providers", "pin", "csv-roster", "--allow-downgrade")
    try run("sync", "oak-district")

    try put(version("1.1.0", of: original))
    try run("providers", "sign", Self.file, "--key", "second.key")
    try expectRefusal("signed by \(second)", "signed by \(first)", "--allow-signer-change")
    // As a key is rotated: both sign for a while, and nobody is asked.
    try run("providers", "sign", Self.file, "--key", "first.key", "--add")
    try run("sync", "oak-district")
    #expect(try run("providers", "pin", "--json").text.contains("\"version\":\"1.1.0\""))
  }

  @Test func `what is revoked is refused, and an older list does not bring it back`() throws {
    let vendor = try keygen("vendor.key")
    _ = try keygen("root.key")
    try run("providers", "trust", "add", "vendor.key.pub")
    try run("providers", "trust", "add", "root.key.pub", "--plugins", "none", "--revokes")
    try configureTrust()
    try run("providers", "sign", Self.file, "--key", "vendor.key")
    try run(
      "providers", "trust", "revoke", "version.powerschool@0.1..0.9", "--reason", "old", "--key", "root.key")
    try run("sync", "oak-district")
    let old = try Data(contentsOf: host.folder.file("trust.d/revocations"))

    try run(
      "providers", "trust", "revoke", "key.\(vendor)", "--reason", "the laptop was stolen", "--key",
      "root.key")
    try expectRefusal("is revoked", "the laptop was stolen")
    let list = try run("providers", "trust", "list").text
    #expect(list.contains("version.powerschool@0.1..0.9") && list.contains("key.\(vendor)"))
    let refused = try host.run(
      "providers", "trust", "revoke", "version.x@1", "--reason", "no", "--key", "vendor.key")
    #expect(refused.status == 1 && refused.errors.contains("--revokes"))

    try host.folder.write("old-list", old)
    let rolledBack = try host.run("providers", "trust", "import", "old-list")
    #expect(rolledBack.status == 1 && rolledBack.errors.contains("number"))
    let third = ["version.y@1", "--reason", "third", "--key", "root.key", "--out", "third-list"]
    #expect(
      try ToolProcess.run(BuiltTool.homeroom, ["providers", "trust", "revoke"] + third, in: host.folder.url)
        .status == 0)
    // Also where somebody puts it there by hand, or takes it away: the host has seen the newer one.
    try host.folder.write("trust.d/revocations", old)
    try expectRefusal("number 1", "number 2", "homeroom providers trust import")
    try FileManager.default.removeItem(at: host.folder.file("trust.d/revocations"))
    try expectRefusal("number 0", "number 2")
    try run("providers", "trust", "import", "third-list")
    try expectRefusal("the laptop was stolen")
  }

  @Test func `a running host keeps what it has when the new file is not good`() throws {
    _ = try keygen("vendor.key")
    try run("providers", "trust", "add", "vendor.key.pub")
    try configureTrust()
    let original = try Data(contentsOf: file)
    try run("providers", "sign", Self.file, "--key", "vendor.key")
    let serving = try host.start("serve")
    defer { serving.send(SIGKILL) }
    #expect(serving.nextLine()?.contains("serving") == true)
    try put(version("1.1.0", of: original))
    let unsigned = try host.run("providers", "reload")
    #expect(unsigned.status == 1 && unsigned.errors.contains("is not signed"), "\(unsigned.errors)")
    try run("providers", "sign", Self.file, "--key", "vendor.key")
    #expect(try run("providers", "reload").text.contains("1.1.0 took the place of 1.0.0"))
    let list = try run("providers", "list", "--json").text
    #expect(list.contains("\"state\":\"signed\"") && list.contains("\"version\":\"1.1.0\""), "\(list)")
  }

  @Test func `a trust folder that others may write to stops everything, with the command that mends it`()
    throws
  {
    try run("providers", "trust", "add", try publicKey())
    try configureTrust()
    try run("providers", "sign", Self.file, "--key", "some.key")
    try run("sync", "oak-district")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: host.folder.file("trust.d").path)
    let check = try host.run("config", "check")
    #expect(check.status == 1 && check.errors.contains("chmod go-w"), "\(check.errors)")
    try expectRefusal("chmod go-w")
  }
}
