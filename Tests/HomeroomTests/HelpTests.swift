import CommandLineKit
import Foundation
import TestSupport
import Testing

@testable import homeroom

struct HelpTests {
  static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Golden")
  static let isUpdating = ProcessInfo.processInfo.environment["HOMEROOM_UPDATE_GOLDEN"] == "1"

  /// Every path in the tree of commands: `[]`, `["sync"]`, `["runs", "show"]`.
  static let paths: [[String]] = {
    func below(_ command: Command, _ path: [String]) -> [[String]] {
      [path] + command.subcommands.flatMap { below($0, path + [$0.name]) }
    }
    return below(HomeroomCommands.root, [])
  }()

  @Test(arguments: paths)
  func `the help of every command is what its golden file says`(path: [String]) throws {
    let run = try ToolProcess.run(BuiltTool.homeroom, path + ["--help"])
    #expect(run.status == 0)
    #expect(run.errors == "")
    let file = Self.golden.appendingPathComponent((["homeroom"] + path).joined(separator: "-") + ".txt")
    if Self.isUpdating { try run.output.write(to: file) }
    #expect(run.text == (try String(contentsOf: file, encoding: .utf8)))
    let longest = run.text.split(separator: "\n").map(\.count).max() ?? 0
    #expect(longest <= 110)
  }

  @Test(.disabled(if: isUpdating, "the files are being written"))
  func `there is no golden file without its command`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.golden.path)
    let known = Self.paths.map { (["homeroom"] + $0).joined(separator: "-") + ".txt" }
    #expect(Set(files) == Set(known))
  }
}
