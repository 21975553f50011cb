import Foundation
import TestSupport
import Testing

/// `homeroom providers new`, as it is called.
@Suite struct ProviderProjectTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func new(_ words: String..., environment: [String: String] = [:]) throws -> ToolRun {
    try ToolProcess.run(
      BuiltTool.homeroom, ["providers", "new"] + words, in: folder.url, environment: environment)
  }

  private func files(_ name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.file(name).path)
      .filter { !folder.file(name).appendingPathComponent($0).hasDirectoryPath }.sorted()
  }

  @Test(arguments: ["c", "swift"])
  func `a project has manifest, sources, sample and README, and every mark is filled in`(_ language: String)
    throws
  {
    let run = try new("oak-sis", "--language", language, "--json")
    #expect(run.status == 0, "\(run.errors)")
    let written = try files("oak-sis")
    let told = try #require(
      try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
    #expect(told["files"] as? [String] == written)
    #expect(told["sdk"] as? String == Repository.file("plugin-sdk").path)
    for name in ["manifest.json", "README.md", "homeroom.json5", "sample/users-2.json", ".gitignore"] {
      #expect(written.contains(name))
    }
    for name in written {
      let file = folder.file("oak-sis/" + name)
      #expect(
        try FileManager.default.attributesOfItem(atPath: file.path)[.type] as? FileAttributeType
          == .typeRegular)
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.firstMatch(of: /@[A-Z]+@/) == nil, "\(name)")
    }
  }

  @Test(arguments: [
    "Oak", "oak_sis", "oak sis", "", "oak/sis", "øak", String(repeating: "a", count: 65), "../oak",
  ])
  func `a name that no provider may have is refused, and nothing is written`(_ name: String) throws {
    let run = try new(name, "--language", "c")
    #expect(run.status == 1)
    #expect(run.errors.contains("cannot be a provider's id") && run.errors.contains("a-z, 0-9 and -"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test func `what is there already is left as it is, be it a folder, an empty one, or a file`() throws {
    try folder.write("oak/provider.c", "mine")
    try folder.write("elm", "mine")
    try FileManager.default.createDirectory(at: folder.file("ash"), withIntermediateDirectories: true)
    for name in ["oak", "elm", "ash"] {
      let run = try new(name, "--language", "c")
      #expect(
        run.status == 1 && run.errors.contains("already") && run.errors.contains("--folder"), "\(run.errors)")
    }
    #expect(try String(contentsOf: folder.file("oak/provider.c"), encoding: .utf8) == "mine")
    #expect(try String(contentsOf: folder.file("elm"), encoding: .utf8) == "mine")
    #expect(try files("oak") == ["provider.c"] && files("ash").isEmpty)
    #expect(try new("oak", "--language", "c", "--folder", "other").status == 0)
  }

  @Test func `a folder that cannot be made is named, and so is a language that lacks or is not known`() throws
  {
    let nowhere = try new("oak", "--language", "c", "--folder", "no/such/place")
    #expect(nowhere.status == 1 && nowhere.errors.contains("no/such/place"))
    let none = try new("oak")
    #expect(none.status == 2 && none.errors.contains("--language"))
    let rust = try new("oak", "--language", "rust")
    #expect(rust.status == 2 && rust.errors.contains("c, swift"))
  }

  @Test func `without an SDK, or with half of one, it says where it looked and what to do`() throws {
    let missing = try new("oak", "--language", "c", environment: ["HOMEROOM_SDK": "nowhere"])
    #expect(
      missing.status == 1 && missing.errors.contains("nowhere") && missing.errors.contains("install-sdk"))
    try folder.write("half/include/sis_plugin.h", "")
    let half = try new("oak", "--language", "c", environment: ["HOMEROOM_SDK": "half"])
    #expect(half.status == 1 && half.errors.contains("templates/common"))
    try folder.write("a path/include/sis_plugin.h", "")
    let space = try new("oak", "--language", "c", environment: ["HOMEROOM_SDK": "a path"])
    #expect(space.status == 1 && space.errors.contains("make cannot take"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("oak").path))
  }
}
