import Foundation
import TestSupport
import Testing

@testable import ProviderRuntime

/// What plugin-sdk/README.md says of the contract, against the host that keeps it.
@Suite struct ProviderPageTests {
  private let page: MarkdownPage
  private let text: String
  private let words: Set<String>

  init() throws {
    page = try MarkdownPage("plugin-sdk/README.md")
    text = try String(contentsOf: page.url, encoding: .utf8)
    words = Set(page.code.map(\.text))
  }

  /// The figures of one row of the table of limits.
  private func limits(_ row: String) -> [String] {
    let line = text.split(separator: "\n").first { $0.hasPrefix("| \(row) |") }
    return line?.matches(of: /[\d,]+/).map { $0.output.replacingOccurrences(of: ",", with: "") }.filter {
      !$0.isEmpty
    }
      ?? []
  }

  @Test func `the limits of the page are those of the host`() {
    typealias Bounds = SessionSink.Bounds
    let due: [(row: String, limits: [Int])] = [
      ("a provider's file, its manifest", [SealedFile.maximumBytes >> 20, ELFImage.maximumManifest >> 20]),
      ("records and rejects in one call", [Bounds.records]),
      ("canonical bytes emitted in one call", [Bounds.batchBytes >> 30]),
      ("fields of one record", [RecordBatchBuilder.maximumFields]),
      ("ends in one call, conditions of a scope", [Bounds.ends, Bounds.conditions]),
      ("a request's target, its body", [Bounds.targetBytes, Bounds.bodyBytes >> 20]),
      ("a request's headers, the value of one", [Bounds.headers, Bounds.headerBytes]),
      ("notes in one call, one note or error message", [Bounds.notes, Bounds.noteBytes]),
      ("the reason of a reject", [Bounds.reasonBytes]),
    ]
    for (row, limits) in due { #expect(self.limits(row) == limits.map(String.init), "\(row)") }
  }

  @Test func `every header that is the host's is named`() {
    for header in SessionSink.reservedHeaders { #expect(words.contains(header), "the page lacks \(header)") }
  }

  @Test func `every error of the header is in the table`() throws {
    let header = try String(
      contentsOf: Book.root.appendingPathComponent("plugin-sdk/include/sis_plugin.h"), encoding: .utf8)
    let names = header.matches(of: /#define (SIS_E_\w+)/).map { String($0.1) }
    #expect(names.count >= 15)
    for name in names { #expect(words.contains(name), "the page lacks \(name)") }
  }

  @Test func `every member of the manifest is in a table`() throws {
    let manifest = try ProviderLibrary.inspect(BuiltTool.provider("powerschool").path, trust: .notConfigured)
      .manifest
    let members = Mirror(reflecting: manifest).children.compactMap(\.label)
    #expect(members.count >= 13)
    for member in members where member != "rateLimit" {
      #expect(words.contains(member), "the page lacks \(member)")
    }
    for member in Mirror(reflecting: manifest.rateLimit).children.compactMap(\.label) {
      #expect(words.contains("rateLimit.\(member)"), "the page lacks rateLimit.\(member)")
    }
    let authentication = try #require(manifest.auth.first)
    let option = try #require(manifest.config.properties.values.first)
    let parts: [Any] = [manifest.config, option, authentication]
    for part in parts {
      for member in Mirror(reflecting: part).children.compactMap(\.label) {
        #expect(words.contains(member), "the page lacks \(member)")
      }
    }
  }

  @Test func `the options of the page are a schema that the host reads and keeps`() throws {
    let example = try #require(page.blocks.first { $0.language == "json" })
    let schema = try JSONDecoder().decode(ConfigSchema.self, from: Data(example.text.utf8))
    #expect(schema.validate(["schoolYear": .number(2026)]).problems.isEmpty)
    #expect(schema.validate([:]).problems.map(\.option) == ["schoolYear"])
    #expect(schema.validate(["schoolYear": .number(26)]).problems.count == 1)
    #expect(
      schema.validate(["schoolYear": .number(2026), "statuses": .array([.string("Z")])]).problems.count == 1)
  }
}
