import Foundation
import Testing

@testable import HostRuntime

/// What docs/districts.md says of the config, against the reader of configs.
@Suite struct ConfigPageTests {
  private let page: MarkdownPage
  init() throws { page = try MarkdownPage("docs/districts.md") }

  @Test func `the config of the page is one that is read`() throws {
    let example = try #require(page.blocks.first { $0.language == "json5" })
    let config = try ConfigReader.read(example.text, file: "homeroom.json5", folder: "/etc/homeroom")
    #expect(config.integrations.count == 1)
    #expect(config.database == "/var/lib/homeroom/roster.db")
  }

  @Test func `every key of an integration is explained`() {
    let words = page.code.map(\.text)
    for key in ConfigReader.integrationKeys {
      #expect(words.contains { $0 == key || $0.hasPrefix(key + ".") }, "the page lacks \(key)")
    }
    for scheme in AuthConfig.schemes { #expect(words.contains(scheme), "the page lacks \(scheme)") }
  }
}
