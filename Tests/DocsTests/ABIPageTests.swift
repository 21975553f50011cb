import Foundation
import HostModel
import TestSupport
import Testing

/// docs/abi.md against the header: every name, number, form and place.
@Suite struct ABIPageTests {
  private let rows: [[String]]
  private let header: String
  private let words: Set<String>
  /// The rows below a heading.
  private let sections: [String: [[String]]]

  init() throws {
    let page = try MarkdownPage("docs/abi.md")
    let text = try String(contentsOf: page.url, encoding: .utf8)
    var heading = ""
    var sections: [String: [[String]]] = [:]
    for line in text.split(separator: "\n") {
      if line.hasPrefix("#") { heading = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("| ") else { continue }
      let cells = line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
      sections[heading, default: []].append(
        cells.map { $0.trimmingCharacters(in: .init(charactersIn: " `")) })
    }
    self.sections = sections
    rows = sections.values.flatMap { $0 }
    words = Set(
      page.code.flatMap { $0.text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init) })
    header = try String(contentsOf: Repository.header, encoding: .utf8)
  }

  @Test func `every function, struct, constant and macro of the header is named`() {
    var names = Set(header.matches(of: /#define (SIS_\w+)/).map { String($0.1) })
    names.formUnion(header.matches(of: /typedef struct (sis_\w+)/).map { String($0.1) })
    names.formUnion(header.matches(of: /\(\*(?:SIS_NONNULL )?(\w+)\)\(/).map { String($0.1) })
    names.formUnion(["sis_plugin_entry_v1", "sis_status"])
    #expect(names.count > 150)
    for name in names.sorted() { #expect(words.contains(name), "the page lacks \(name)") }
  }

  @Test func `every struct has the size and every field the place that it has in memory`() throws {
    let golden = try String(
      contentsOf: Book.root.appendingPathComponent("Tests/ABITests/Golden/layout-1.0.txt"), encoding: .utf8)
    let text = try String(contentsOf: Book.root.appendingPathComponent("docs/abi.md"), encoding: .utf8)
    var listed = 0
    for line in golden.split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      let name = parts[0].split(separator: ".").map(String.init)
      let table = try #require(sections["`\(name[0])`"], "the page lacks \(name[0])")
      guard name.count > 1 else {
        #expect(text.contains(try Regex("### `\(name[0])`\n\n[^\n]+; \(parts[1]) bytes\\.")), "\(line)")
        continue
      }
      listed += 1
      #expect(table.contains { Array($0.prefix(3)) == [parts[1], parts[2], name[1]] }, "\(line)")
    }
    #expect(listed > 80)
  }

  @Test func `every number is the header's, and every field's form too`() throws {
    var count = 0
    for match in header.matches(
      of: /#define (SIS_[A-Z_0-9]+) (?:\(\(sis_status\))?(-?\d+)u?\)?(?:\s+\/\* ([TWIDZBN][+#]?) )?/)
    {
      let (name, value) = (String(match.1), String(match.2))
      let row = try #require(rows.first { $0.contains(name) && Int($0[0]) != nil }, "no row for \(name)")
      #expect(row[0] == value, "\(name)")
      if name.hasPrefix("SIS_F_") { #expect(row[3] == match.3.map(String.init), "\(name)") }
      count += 1
    }
    #expect(count > 120)
  }

  @Test func `fields and kinds have the names that they have in Swift and in the canonical model`() throws {
    let overlay = try String(
      contentsOf: Book.root.appendingPathComponent("plugin-sdk/SISKit/Field.swift"), encoding: .utf8)
    for match in overlay.matches(of: /static let `?(\w+)`? = Field\(rawValue: (SIS_F_\w+)\)/) {
      let row = try #require(rows.first { $0.contains(String(match.2)) && $0.count == 6 })
      #expect(row[2] == ".\(match.1)", "\(match.2)")
    }
    for field in RosterField.catalogue {
      let row = try #require(rows.first { $0.count == 6 && $0[0] == "\(field.id)" }, "\(field.name)")
      #expect(row[4] == field.name, "\(row)")
    }
    for kind in RecordKind.allCases {
      #expect(
        sections["Kinds"]?.contains { $0[0] == "\(kind.rawValue)" && $0[3] == kind.name } == true, "\(kind)")
    }
  }
}
