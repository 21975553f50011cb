import Foundation
import TestSupport
import Testing

/// What README.md shows of `make demo`, which takes too long here: its lines and its figures, each asked of
/// something that knows them.
@Suite struct FirstPageTests {
  private let shown: [String]

  init() throws {
    let page = try MarkdownPage("README.md")
    let block = try #require(page.blocks.first { $0.lines.first?.hasPrefix("simulated district") == true })
    shown = block.lines
  }

  /// What a line is about: its words up to the first figure.
  private static func label(_ line: String) -> String {
    line.prefix { !$0.isNumber }.replacing(/\s+/, with: " ").trimmingCharacters(in: .whitespaces)
  }

  @Test func `every line of the demo that is shown is one that it prints, in that order`() throws {
    let folder = try TemporaryFolder()
    let run = try ToolProcess.run(
      BuiltTool.homeroom, ["demo", "--students", "20", "--once"], environment: ["TMPDIR": folder.url.path])
    #expect(run.status == 0, "\(run.errors)")
    var printed = run.text.split(separator: "\n").map { Self.label(String($0)) }.filter {
      !$0.hasPrefix("folder")
    }[...]
    for line in shown where line != "..." && !line.isEmpty && !line.hasPrefix("folder") {
      printed = printed.drop { $0 != Self.label(line) }
      #expect(printed.popFirst() != nil, "the demo prints no such line, or not there: \(line)")
    }
  }

  @Test func `the demo's figures are those of the district it reads`() throws {
    let truth = try ToolProcess.run(BuiltTool.simulator, ["truth", "powerschool", "--students", "10000"])
    var counts: [String: Int] = [:]
    for line in truth.output.split(separator: UInt8(ascii: "\n")) {
      // {"kind":"user","sourcedId":...
      let kind = line.dropFirst(9).prefix { $0 != UInt8(ascii: "\"") }
      counts[String(decoding: kind, as: UTF8.self), default: 0] += 1
    }
    counts["all"] = counts.values.reduce(0, +)
    for (kind, count) in counts {
      let row = try #require(shown.first { $0.hasPrefix(kind + " ") }, "no row for \(kind)")
      let cells = row.split(separator: " ").map { Int($0.replacingOccurrences(of: ",", with: "")) }
      #expect(cells.count == 9 && cells[2] == count, "\(row): the district has \(count)")
    }
  }
}
