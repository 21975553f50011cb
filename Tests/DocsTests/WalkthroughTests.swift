import TestSupport
import Testing

/// The commands that the pages show are run, in order, and what they are said to print is what they print.
@Suite struct WalkthroughTests {
  @Test func `what the first page says can be done, and prints what it shows`() throws {
    let walk = try Walkthrough()
    try walk.follow(MarkdownPage("README.md"))
    #expect(walk.commandCount >= 12)
  }

  @Test func `a vendor gets from nothing to a synced provider in C and in Swift by the SDK's page`() throws {
    let walk = try Walkthrough()
    try walk.follow(MarkdownPage("plugin-sdk/README.md"))
    #expect(walk.commandCount >= 14)
  }

  /// The operators' page works on the integration that getting started has set up.
  @Test func `getting started can be done, and after it what operators do`() throws {
    let walk = try Walkthrough()
    try walk.follow(MarkdownPage("docs/getting-started.md"))
    try walk.follow(MarkdownPage("docs/operators.md"))
    #expect(walk.commandCount >= 24)
  }

  @Test func `a provider is signed, trusted, pinned and revoked as the page on trust says`() throws {
    let walk = try Walkthrough()
    try walk.follow(MarkdownPage("docs/getting-started.md"))
    try walk.follow(MarkdownPage("docs/trust.md"))
    #expect(walk.commandCount >= 24)
  }

  /// A command in a block of another language would be shown and never run.
  @Test(arguments: [
    "README.md", "plugin-sdk/README.md", "docs/getting-started.md", "docs/operators.md", "docs/trust.md",
    "docs/tutorial.md",
  ])
  func `every command stands in a block that is run`(_ name: String) throws {
    for block in try MarkdownPage(name).blocks where block.language != "sh" {
      for line in block.lines {
        // Not the setting of a file, such as ExecStart=/usr/bin/homeroom.
        let first = line.split(separator: " ").first ?? ""
        let word = first.contains("=") ? "" : first.split(separator: "/").last ?? ""
        #expect(word != "homeroom" && word != "sis-simulator", "\(name):\(block.line): \(line)")
      }
    }
  }
}
