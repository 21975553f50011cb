import Foundation
import TestSupport

/// Commands as a vendor types them, with the built tools in PATH.
enum Shell {
  static let environment = [
    "PATH": BuiltTool.folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
  ]

  static func attempt(_ command: String, in folder: URL, _ more: [String: String] = [:]) throws -> ToolRun {
    try ToolProcess.run(
      URL(fileURLWithPath: "/bin/sh"), ["-ec", command], in: folder,
      environment: environment.merging(more) { $1 })
  }

  /// - Throws: what was said, where it did not end with status 0.
  static func run(_ command: String, in folder: URL, _ more: [String: String] = [:]) throws -> ToolRun {
    let run = try attempt(command, in: folder, more)
    guard run.status == 0, run.signal == nil else {
      throw BuiltExample.Failure(
        description: "\(command)\nended with \(run.status):\n\(run.text)\(run.errors)")
    }
    return run
  }
}
