import Foundation
import TestSupport
import Testing

/// docs/data-model.md against a database that the real host has made.
@Suite struct DataModelTests {
  /// Made once for all tests of the suite.
  private static let district = Result { try SyncedDistrict() }

  private let roster: RosterFile
  private let page: MarkdownPage

  init() throws {
    roster = try RosterFile(Self.district.get().database)
    page = try MarkdownPage("docs/data-model.md")
  }

  @Test func `every question of the page is answered, and what should add up does`() throws {
    let questions = page.blocks.filter { $0.language == "sql" }
    #expect(questions.count >= 9)
    for question in questions {
      let rows = try roster.rows(question.text)
      // A healthy district has nothing in quarantine.
      if !question.text.contains("FROM sis_quarantine") {
        #expect(!rows.isEmpty, "line \(question.line): no rows")
      }
      if question.text.contains("AS adds_up") { #expect(rows.allSatisfy { $0.hasSuffix("|1") }, "\(rows)") }
      if question.text.contains("AS change\n") {
        for word in ["new", "changed"] { #expect(rows.contains { $0.hasSuffix("|\(word)") }, "\(rows)") }
      }
    }
  }

  @Test func `the page names every table, every view and every column, and the number of the schema`() throws
  {
    let names = try roster.rows(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'")
    #expect(names.count > 20)
    let words = Set(page.code.map(\.text))
    for name in names {
      #expect(words.contains(name), "the page lacks \(name)")
      for column in try roster.rows("SELECT name FROM pragma_table_info('\(name)')") {
        #expect(words.contains(column), "the page lacks \(column) of \(name)")
      }
    }
    let version = try roster.rows("PRAGMA user_version")
    #expect(
      try String(contentsOf: page.url, encoding: .utf8).contains("schema described here, \(version[0]);"))
  }

  @Test func `a kind has the number that the page says`() throws {
    let text = try String(contentsOf: page.url, encoding: .utf8).replacingOccurrences(of: "\n", with: " ")
    for row in try roster.rows("SELECT kind || ' ' || name FROM roster_kind") {
      #expect(text.contains(row), "\(row)")
    }
  }
}
