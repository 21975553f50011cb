import Foundation
import TestSupport

/// A terminal: one command after another, each in a bash of its own; the folder and the exported variables
/// carry over.
final class ShellSession {
  private let state: TemporaryFolder

  init(startingIn folder: URL) throws {
    state = try TemporaryFolder()
    try state.write("folder", folder.path)
    try state.write("variables", "")
  }

  var currentFolder: URL {
    get throws {
      let path = try String(contentsOf: state.file("folder"), encoding: .utf8)
      return URL(fileURLWithPath: path.trimmingCharacters(in: .newlines), isDirectory: true)
    }
  }

  func run(_ command: String) throws -> ToolRun {
    let script = """
      cd "$(cat "$SESSION/folder")" && . "$SESSION/variables" || exit 99
      trap 'code=$?; pwd >"$SESSION/folder"; export -p >"$SESSION/variables"; exit $code' EXIT
      set -o pipefail
      \(command)
      """
    return try ToolProcess.run(
      URL(fileURLWithPath: "/bin/bash"), ["-c", script], environment: ["SESSION": state.url.path])
  }
}
