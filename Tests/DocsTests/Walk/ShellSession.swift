import Foundation
import TestSupport

/// A terminal: one command after another, each in a bash of its own; the folder and the exported variables
/// carry over.
final class ShellSession {
  private let state: TemporaryFolder
  private let environment: [String: String]

  init(startingIn folder: URL, environment: [String: String] = [:]) throws {
    self.environment = environment
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
    try start(
      """
      trap 'code=$?; pwd >"$SESSION/folder"; export -p >"$SESSION/variables"; exit $code' EXIT
      set -o pipefail
      \(command)
      """
    ).wait()
  }

  /// A command in the background; a signal reaches the program itself.
  func background(_ command: String) throws -> ToolProcess { try start("exec \(command)") }

  private func start(_ script: String) throws -> ToolProcess {
    try ToolProcess(
      URL(fileURLWithPath: "/bin/bash"),
      ["-c", "cd \"$(cat \"$SESSION/folder\")\" && . \"$SESSION/variables\" || exit 99\n" + script],
      environment: environment.merging(["SESSION": state.url.path]) { $1 })
  }
}
