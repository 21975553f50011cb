import Foundation

/// What a finished child process left.
package struct ToolRun: Sendable {
  package var status: Int32
  /// The signal that ended it, or nil.
  package var signal: Int32?
  package var output: Data
  package var errors: String
  package var text: String { String(decoding: output, as: UTF8.self) }
}

/// A child process, its two outputs read on threads of their own so that none can fill a pipe and stop it.
package final class ToolProcess: @unchecked Sendable {
  // Unchecked: `process` is started once in `init`; afterwards only its pid, `wait` and `terminate` are used.
  private let process = Process()
  private let output = LineQueue()
  private let errors = LineQueue()

  package var pid: Int32 { process.processIdentifier }

  /// - Parameter environment: added to a bare one; nothing of the test's own is inherited but PATH and HOME.
  package init(
    _ executable: URL, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
    input: URL? = nil
  ) throws {
    let own = ProcessInfo.processInfo.environment
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ["PATH": own["PATH"] ?? "/usr/bin:/bin", "HOME": own["HOME"] ?? "/tmp"]
      .merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    let (out, err) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    process.standardInput = FileHandle(forReadingAtPath: input?.path ?? "/dev/null")
    try process.run()
    output.read(out.fileHandleForReading)
    errors.read(err.fileHandleForReading)
  }

  /// The next line of standard output; nil at its end.
  package func nextLine() -> String? { output.next() }
  /// The next line of standard error; nil at its end.
  package func nextErrorLine() -> String? { errors.next() }

  package func send(_ signal: Int32) { kill(pid, signal) }

  /// Waits for its end; answers what no `nextLine` took.
  package func wait() -> ToolRun {
    let rest = (output.rest(), errors.rest())
    process.waitUntilExit()
    let signalled = process.terminationReason == .uncaughtSignal
    return ToolRun(
      status: process.terminationStatus, signal: signalled ? process.terminationStatus : nil, output: rest.0,
      errors: String(decoding: rest.1, as: UTF8.self))
  }

  /// Runs a tool to its end.
  package static func run(
    _ executable: URL, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) throws -> ToolRun {
    try ToolProcess(executable, arguments, in: folder, environment: environment).wait()
  }
}
