import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

@Suite struct ProviderRegistryTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// Puts a fixture into a provider folder.
  @discardableResult
  private func put(_ name: String, _ source: String = "well_behaved.c", version: String? = nil) throws
    -> String
  {
    let file = folder.file(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let defines = version.map { ["FIXTURE_VERSION=\"\($0)\""] } ?? []
    try FileManager.default.copyItem(atPath: try Fixture.provider(source, defines), toPath: file.path)
    return file.path
  }

  private func registry(_ folders: String...) -> ProviderRegistry {
    ProviderRegistry(folders: folders.map { folder.file($0).path }, trust: .notConfigured)
  }

  private func failure(_ registry: ProviderRegistry, _ name: String) -> HostError? {
    for entry in registry.entries where entry.path.hasSuffix("/" + name) {
      if let error = entry.refusal { return error }
    }
    return nil
  }

  @Test func `the newest version is taken, by numbers and not by letters, unless one is named`() throws {
    for version in ["1.9.0", "1.10.0", "1.2.11"] { try put("p/v\(version).so", version: version) }
    let registry = registry("p")
    #expect(registry.ids == ["well-behaved"])
    #expect(registry.inspection("well-behaved")?.manifest.version == "1.10.0")
    #expect(try registry.found("well-behaved", version: nil).manifest.version == "1.10.0")
    #expect(registry.inspection("well-behaved", version: "1.2.11")?.manifest.version == "1.2.11")
    #expect(try registry.found("well-behaved", version: "1.9.0").manifest.version == "1.9.0")
    #expect(registry.inspection("well-behaved", version: "1.9") == nil)
    #expect(registry.versions(of: "well-behaved").count == 3 && registry.versions(of: "zebra") == [])
  }

  @Test func `files that fail are listed with their reason and hide no other`() throws {
    try folder.write("p/a_text.so", "no library")
    try put("p/b_entry.so", "lacks_entry.c")
    try put("p/c_abi.so", "other_abi.c")
    try folder.write("p/d_empty.so", "")
    try put("p/e_good.so")
    try FileManager.default.createDirectory(
      at: folder.file("p/f_folder.so"), withIntermediateDirectories: true)
    let registry = registry("p")
    #expect(registry.ids == ["well-behaved"])
    #expect(registry.entries.count == 6)
    #expect(failure(registry, "a_text.so")?.code == "provider-not-elf")
    #expect(failure(registry, "b_entry.so")?.code == "provider-no-entry")
    #expect(failure(registry, "c_abi.so")?.code == "provider-wrong-abi")
    #expect(failure(registry, "d_empty.so")?.code == "provider-unreadable")
    #expect(failure(registry, "e_good.so") == nil)
    #expect(failure(registry, "f_folder.so")?.code == "provider-unreadable")
    #expect(registry.refusals.count == 5)
  }

  @Test func `the same provider in the same version twice is refused the second time, with both files named`()
    throws
  {
    let first = try put("p/one.so")
    let second = try put("q/two.so")
    let registry = registry("p", "q")
    let error = try #require(failure(registry, "two.so"))
    #expect(error.code == "provider-twice")
    #expect(error.message == "\(second): is provider well-behaved 1.0.0, which \(first) already is")
    #expect(failure(registry, "one.so") == nil)
    #expect(try registry.found("well-behaved", version: nil).path == first)
  }

  @Test func `files that are no .so, and folders that are not there, are passed by`() throws {
    try folder.write("p/README.txt", "no provider")
    try folder.write("p/old.so.bak", "no provider")
    let registry = registry("p", "missing")
    #expect(registry.entries.isEmpty && registry.ids.isEmpty)
  }

  @Test func `a provider that is not there is refused with those that are`() throws {
    try put("p/one.so", version: "2.0.0")
    let registry = registry("p")
    func refused(_ id: String, _ version: String? = nil) -> String? {
      refusal { () throws(HostError) in try registry.found(id, version: version) }?.message
    }
    #expect(refused("zebra") == "There is no provider zebra; at hand: well-behaved 2.0.0")
    #expect(
      refused("well-behaved", "1.0.0")
        == "There is no provider well-behaved 1.0.0; at hand: well-behaved 2.0.0")
    let empty = refusal { () throws(HostError) in
      try ProviderRegistry(folders: [], trust: .notConfigured).found("zebra", version: nil)
    }
    #expect(empty?.message == "There is no provider zebra; at hand: none")
  }

  @Test func `looking at a folder runs no provider, and what was looked at is what is loaded`() throws {
    let witness = folder.file("witness").path
    let source = try Fixture.provider("touches_world_on_load.c", ["FILE_ONLY", "WITNESS=\"\(witness)\""])
    try FileManager.default.createDirectory(at: folder.file("p"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: source, toPath: folder.file("p/one.so").path)
    let inspection = try registry("p").found("touches-world-on-load", version: nil)
    #expect(!FileManager.default.fileExists(atPath: witness))
    try folder.write("p/one.so", "another file, written in place")
    let library = try ProviderLibrary.load(inspection, isolation: .process)
    #expect(library.digest == inspection.digest)
    #expect(FileManager.default.fileExists(atPath: witness))
  }

  @Test func `a file that passes its checks and cannot be loaded is refused when it is loaded`() throws {
    let path = try put("p/one.so", "not_loadable.c")
    let inspection = try registry("p").found("not-loadable", version: nil)
    let error = refusal { () throws(HostError) in try ProviderLibrary.load(inspection, isolation: .process) }
    #expect(error?.code == "provider-not-loadable")
    #expect(error?.message.hasPrefix(path) == true)
  }
}
