import CommandLineKit
import Foundation
import ProviderRuntime
import SyncCore
import TestSupport
import Testing

@testable import HostModel
@testable import HostRuntime

/// The words of the tools, each explained on the page that is for it.
@Suite struct WordTests {
  private func words(_ name: String) throws -> Set<String> { Set(try MarkdownPage(name).code.map(\.text)) }

  @Test func `operators find every status that an integration may have`() throws {
    let known = try words("docs/operators.md")
    for word in IntegrationStatus.Word.allCases { #expect(known.contains(word.rawValue), "\(word.rawValue)") }
  }

  @Test func `operators find every exit status`() throws {
    let text = try String(contentsOf: MarkdownPage("docs/operators.md").url, encoding: .utf8)
    let table = text.split(separator: "\n").filter { $0.wholeMatch(of: /\| [\d, ]+ \| .*/) != nil }
    let listed = Set(
      table.flatMap { $0.split(separator: "|")[0].matches(of: /\d+/).compactMap { Int32($0.output) } })
    #expect(listed == Set(ExitCode.allCases.map(\.rawValue)))
  }

  @Test func `the page on trust explains every verdict, every rule of lint and every key of the config`()
    throws
  {
    let known = try words("docs/trust.md")
    for state in TrustVerdict.State.allCases { #expect(known.contains(state.rawValue), "\(state)") }
    for rule in LintFinding.Rule.allCases { #expect(known.contains(rule.rawValue), "\(rule)") }
    for severity in LintFinding.Severity.allCases {
      #expect(known.contains(severity.rawValue), "\(severity)")
    }
    let config = try words("docs/districts.md")
    for key in ConfigReader.trustKeys { #expect(config.contains("trust.\(key)"), "\(key)") }
  }

  @Test func `the data model explains every state of a run`() throws {
    let known = try words("docs/data-model.md")
    for state in RunState.allCases { #expect(known.contains(state.rawValue), "\(state.rawValue)") }
  }

  @Test func `the canonical model has every member, by its name and number`() throws {
    let text = try String(contentsOf: MarkdownPage("docs/canonical-model.md").url, encoding: .utf8)
    let rows = text.split(separator: "\n").compactMap {
      $0.wholeMatch(of: /\| (\d+)(?:-(\d+))? \| (.*)/)?.output
    }
    for field in RosterField.catalogue {
      let row = rows.first { row in
        (UInt32(row.1) ?? 0)...(row.2.flatMap { UInt32($0) } ?? UInt32(row.1) ?? 0) ~= field.id
      }
      #expect(row.map { $0.3.contains(field.name) } == true, "\(field.id) \(field.name)")
    }
  }

  @Test func `the changelog has the version that the tool prints`() throws {
    let printed = try ToolProcess.run(BuiltTool.homeroom, ["version"]).text
    let version = try #require(printed.firstMatch(of: /homeroom (\d+\.\d+\.\d+) \(provider ABI (\d+\.\d+)\)/))
    let text = try String(contentsOf: MarkdownPage("CHANGELOG.md").url, encoding: .utf8)
    #expect(text.contains(version.1) && text.contains("ABI \(version.2)"))
  }
}
