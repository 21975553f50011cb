import Foundation
import TestSupport
import Testing

/// The tutorial is done as it is told, by one who has the tools, the SDK and no repository.
@Suite struct TutorialTests {
  private let folder: TemporaryFolder
  private let page: MarkdownPage

  init() throws {
    folder = try TemporaryFolder()
    page = try MarkdownPage("docs/tutorial.md")
  }

  /// The file that a project has under this name; its config's port is the reader's own.
  private func file(_ name: String) throws -> String {
    try String(contentsOf: folder.file(name), encoding: .utf8)
      .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT")
  }

  @Test func `whoever follows it gets from nothing to a provider, in C and in Swift, and sees what it shows`()
    throws
  {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let walk = try Walkthrough(
      outsideIn: folder.url,
      environment: [
        "PATH": BuiltTool.folder.path + ":" + path,
        "HOMEROOM_SDK": Book.root.appendingPathComponent("plugin-sdk").path,
      ])
    try walk.follow(page)
    #expect(walk.commandCount >= 38)
    try shownSourcesAreThoseOfTheProjects()
  }

  /// What the page shows of sources and configs stands so in the projects that the tools wrote.
  private func shownSourcesAreThoseOfTheProjects() throws {
    let projects = ["c": "oak-sis/provider.c", "swift": "elm-sis/Sources/Provider/RosterProvider.swift"]
    for block in page.blocks {
      guard let name = projects[block.language] else { continue }
      #expect(try file(name).contains(block.text), "\(page.name):\(block.line)")
    }
    for (id, language) in [("oak-sis", "c"), ("elm-sis", "swift")] {
      let run = try ToolProcess.run(
        BuiltTool.homeroom, ["providers", "new", id, "--language", language, "--folder", "fresh-\(id)"],
        in: folder.url)
      #expect(run.status == 0, "\(run.errors)")
      #expect(try file("\(id)/homeroom.json5") == file("fresh-\(id)/homeroom.json5"))
    }
  }
}
