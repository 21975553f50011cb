import Foundation

/// A simulated SIS in its own process.
package final class Simulator: Sendable {
  package let url: String
  package let vendor: String
  package let district: [String]
  private let process: ToolProcess
  private let log: URL?

  struct Failure: Error { var text: String }

  /// - Parameters:
  ///   - district: the options that say which district it is, as `truth` takes them too.
  ///   - options: everything else: faults, quirks, latency.
  package init(
    _ vendor: String = "powerschool", district: [String] = ["--students", "300"], options: [String] = [],
    log: URL? = nil
  ) throws {
    self.vendor = vendor
    self.district = district
    self.log = log
    process = try ToolProcess(
      BuiltTool.simulator,
      [vendor] + district + options + ["--exit-with-parent"] + (log.map { ["--log", $0.path] } ?? []))
    guard let line = process.nextLine(), line.hasPrefix("listening on ") else {
      throw Failure(text: "the simulator did not start: \(process.wait().errors)")
    }
    url = String(line.dropFirst("listening on ".count))
  }

  deinit { process.send(SIGKILL) }

  /// Goes on to the next day, under whoever is reading.
  package func nextDay() { process.send(SIGUSR1) }

  /// The next line of the request log, which goes to standard error when the log is `/dev/stderr`.
  package func nextRequest() -> String? { process.nextErrorLine() }

  /// The requests served so far.
  package func requests() throws -> [String] {
    guard let log else { return [] }
    return try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// What an export of this district must be, byte for byte.
  package func truth(_ more: [String] = []) throws -> String {
    let run = try ToolProcess.run(BuiltTool.simulator, ["truth", vendor] + district + more)
    guard run.status == 0 else { throw Failure(text: run.errors) }
    return run.text
  }
}
