import Foundation
import TestSupport
import Testing

/// What the pages call, the tools have: asked of the tools' own help.
@Suite struct OptionTests {
  /// Command lines in blocks of shell and in backticks, each with its place.
  private func calls(of program: String, on page: MarkdownPage) -> [(CommandLineInText, place: String)] {
    let lines =
      page.blocks.filter { $0.language == "sh" }.flatMap { block in
        // What is shown as a mistake is one.
        block.lines.filter { !$0.contains("# exit status 2") }.map {
          MarkdownPage.Span(text: $0, line: block.line)
        }
      } + page.code
    return lines.flatMap { line in
      CommandLineInText.calls(of: program, in: line.text).map {
        ($0, "\(page.name):\(line.line): \(line.text)")
      }
    }
  }

  @Test func `every command and option of homeroom in the pages is in its help`() throws {
    var helps: [[String]: String] = [:]
    func help(_ path: [String]) throws -> String {
      if let known = helps[path] { return known }
      let text = try ToolProcess.run(BuiltTool.homeroom, path + ["--help"]).text
      helps[path] = text
      return text
    }
    var count = 0
    for page in try Book.pages() {
      for (call, place) in calls(of: "homeroom", on: page) {
        var path: [String] = []
        var words = call.words[...]
        // A command with others below it lists them; the next word must be one.
        while try help(path).contains("Commands:\n"), let word = words.first, !word.hasPrefix("-") {
          #expect(try help(path).contains("\n  \(word) "), "\(place): there is no such command")
          guard try help(path).contains("\n  \(word) ") else { break }
          path.append(word)
          words = words.dropFirst()
        }
        for option in call.options {
          count += 1
          #expect(try help(path).contains("  \(option) "), "\(place): there is no option \(option)")
        }
      }
    }
    #expect(count > 10, "the pages name options")
  }

  @Test func `every option of the simulator in the pages is in its help`() throws {
    let help = try ToolProcess.run(BuiltTool.simulator, ["--help"]).text
    var count = 0
    for page in try Book.pages() {
      for (call, place) in calls(of: "sis-simulator", on: page) {
        for option in call.options where option != "--help" {
          count += 1
          #expect(
            help.contains("  \(option) ") || help.contains(" \(option),"), "\(place): there is no \(option)")
        }
      }
    }
    #expect(count > 10, "the pages name options")
  }

  @Test func `every option of the provider check in the pages is in its help`() throws {
    let help = try ToolProcess.run(BuiltTool.providerCheck, ["--help"]).text
    var count = 0
    for page in try Book.pages() {
      for (call, place) in calls(of: "sis-provider-check", on: page) {
        for option in call.options {
          count += 1
          #expect(help.contains("  \(option) "), "\(place): there is no \(option)")
        }
      }
    }
    #expect(count >= 10, "the pages name options")
  }

  /// `--accept` in running text, without its command.
  @Test func `an option that a page names by itself is one of some command`() throws {
    var known = try ToolProcess.run(BuiltTool.simulator, ["--help"]).text
    known += try ToolProcess.run(BuiltTool.providerCheck, ["--help"]).text
    for path in [
      ["demo"], ["sync"], ["status"], ["runs", "list"], ["export"], ["providers", "sign"],
      ["providers", "pin"], ["providers", "trust", "add"],
    ] {
      known += try ToolProcess.run(BuiltTool.homeroom, path + ["--help"]).text
    }
    for page in try Book.pages() {
      for span in page.code where span.text.hasPrefix("--") {
        for word in span.text.split(separator: " ") where word.hasPrefix("--") {
          let option = word.prefix { $0 != "=" && $0 != "," }
          #expect(
            known.contains("\(option) ") || known.contains("\(option),"),
            "\(page.name):\(span.line): \(option)")
        }
      }
    }
  }
}
