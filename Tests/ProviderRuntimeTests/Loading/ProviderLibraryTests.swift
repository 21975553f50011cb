import CSISPlugin
import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import ProviderRuntime

@Suite struct ProviderLibraryTests {
  private func refusal(_ source: String, _ defines: String...) throws -> HostError {
    let path = try Fixture.provider(source, defines)
    let error = try #require(
      ProviderRuntimeTests.refusal { () throws(HostError) in try ProviderLibrary.load(path) },
      "\(source) \(defines)")
    #expect(error.category == .provider)
    #expect(error.message.hasPrefix(path + ": "), "it names the file: \(error)")
    #expect(!error.advice.isEmpty)
    return error
  }

  /// What is said of the table of a fixture.
  private func words(_ source: String, _ defines: String...) throws -> String {
    let path = try Fixture.provider(source, defines)
    let error = try #require(
      ProviderRuntimeTests.refusal { () throws(HostError) in try ProviderLibrary.load(path) }, "\(defines)")
    #expect(error.code == "provider-bad-table")
    return String(error.message.dropFirst(path.count + 2))
  }

  @Test func `a library that cannot be loaded is refused with the loader's reason`() throws {
    let error = try refusal("not_loadable.c")
    #expect(error.code == "provider-not-loadable")
    #expect(error.message.contains("function_of_a_missing_library"))
  }

  @Test func `a library without the entry, and one without a manifest, are refused`() throws {
    #expect(try refusal("lacks_entry.c").code == "provider-no-entry")
    #expect(try refusal("lacks_both.c").code == "provider-no-entry")
    #expect(try refusal("lacks_manifest.c").code == "provider-no-manifest")
  }

  @Test func `another ABI major is refused with both versions`() throws {
    let error = try refusal("other_abi.c")
    #expect(error.code == "provider-wrong-abi")
    #expect(error.message.hasSuffix("is built for ABI 2.0; this host speaks ABI 1.0"))
  }

  @Test func `a provider that declines this host is refused`() throws {
    let error = try refusal("declines_host.c")
    #expect(error.code == "provider-declines")
    #expect(error.message.hasSuffix("answered no table to a host of ABI 1.0"))
  }

  @Test func `a table without a fault is taken`() throws {
    let library = try ProviderLibrary.load(try Fixture.provider("wrong_table.c", ["RIGHT"]))
    #expect(library.manifest.id == "wrong-table")
  }

  @Test func `a table of a wrong size is refused`() throws {
    #expect(
      try words("wrong_table.c", "TOO_SMALL") == "its table has size 64; version 1 has 72 bytes or more")
    #expect(try words("wrong_table.c", "NO_SIZE").hasPrefix("its table has size 0;"))
    #expect(try words("wrong_table.c", "HUGE_SIZE").hasPrefix("its table has size 4294967295;"))
  }

  @Test func `a table that lacks something is refused before anything of it is called`() throws {
    #expect(try words("wrong_table.c", "NO_ID") == "its table has no id")
    #expect(try words("wrong_table.c", "NO_VERSION") == "its table has no version")
    #expect(try words("wrong_table.c", "NO_OPEN") == "its table has no open")
    #expect(try words("wrong_table.c", "NO_EXTENSION") == "its table has no extension")
  }

  @Test func `a table that differs from the manifest is refused with both values`() throws {
    #expect(try words("wrong_table.c", "OTHER_MAJOR") == "its table says ABI major 2, its manifest 1")
    #expect(
      try words("wrong_table.c", "OTHER_ID")
        == "its table has the id \"right-table\", its manifest \"wrong-table\"")
    #expect(
      try words("wrong_table.c", "OTHER_VERSION")
        == "its table has the version \"1.0.1\", its manifest \"1.0.0\"")
    #expect(try words("wrong_table.c", "ENDLESS_ID").hasPrefix("its table has the id \"aaaa"))
    for variant in ["OTHER_MANIFEST", "NO_MANIFEST", "IMPOSSIBLE_MANIFEST"] {
      #expect(
        try words("wrong_table.c", variant)
          == "the manifest of its table is not that of its section .sis.manifest")
    }
    for variant in ["OTHER_CURSOR", "NEWEST_BEFORE_OLDEST"] {
      #expect(try words("wrong_table.c", variant).hasPrefix("its table writes cursor version "))
    }
  }

  @Test func `a provider of a later minor version, with larger structs, is taken`() throws {
    let library = try ProviderLibrary.load(try Fixture.provider("newer_minor.c"))
    #expect(library.manifest.id == "newer-minor")
    #expect(library.reads(cursorVersion: 1))
    #expect(!library.reads(cursorVersion: 0) && !library.reads(cursorVersion: 2))
  }

  @Test func `looking at a file runs none of its code, and loading it does`() throws {
    let folder = try TemporaryFolder()
    let witness = folder.file("witness").path
    let path = try Fixture.provider("touches_world_on_load.c", ["FILE_ONLY", "WITNESS=\"\(witness)\""])
    let inspection = try ProviderLibrary.inspect(path)
    #expect(inspection.manifest.id == "touches-world-on-load")
    #expect(inspection.exports.contains("sis_plugin_entry_v1"))
    #expect(!FileManager.default.fileExists(atPath: witness))
    _ = try ProviderLibrary.load(path)
    #expect(FileManager.default.fileExists(atPath: witness))
  }

  @Test func `an inspection tells the digest and the manifest's text`() throws {
    let path = try Fixture.provider("well_behaved.c")
    let inspection = try ProviderLibrary.inspect(path)
    #expect(inspection.path == path)
    #expect(inspection.byteCount == (try Data(contentsOf: URL(fileURLWithPath: path)).count))
    #expect(inspection.manifestText.hasPrefix(#"{"manifest":1,"id":"well-behaved""#))
    #expect(inspection.digest == (try ProviderLibrary.load(path).digest))
  }

  @Test func `each file that is loaded is itself, though others were loaded and let go before`() throws {
    for round in 0..<3 {
      for (source, id) in [("well_behaved.c", "well-behaved"), ("newer_minor.c", "newer-minor")] {
        let library = try ProviderLibrary.load(try Fixture.provider(source))
        let table = String(cString: library.table.pointee.id)
        #expect(table == id, "round \(round)")
      }
    }
  }

  @Test func `a loaded provider goes on when its file is overwritten in place and removed`() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("copy.so")
    try FileManager.default.copyItem(atPath: try Fixture.provider("stuck_cursor.c"), toPath: file.path)
    let session = try await FixtureSession(file: file.path)
    let before = try await session.feed("Elm")
    let handle = try FileHandle(forWritingTo: file)
    try handle.write(contentsOf: Data(repeating: 0xCC, count: 1 << 16))
    try handle.truncate(atOffset: 100)
    try handle.close()
    let after = try await session.feed("Elm")
    #expect(after.batch.bytes == before.batch.bytes)
    try FileManager.default.removeItem(at: file)
    #expect(try await session.feed("Elm").batch.bytes == before.batch.bytes)
    await session.close()
  }
}
