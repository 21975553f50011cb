import CommandLineKit
import HostModel
import HostPlatform
import HostRuntime
import JSON5
import SyncCore

/// What one run came to, as lines or as the one object that scripts rely on.
struct SyncReportView {
  let integration: IntegrationID
  let report: SyncReport
  let console: Console

  func show(stoppedBy signal: Int32?) throws -> ExitCode {
    try console.object(json)
    try console.line(headline)
    try Figures.table(report.tallies, console)
    for note in report.statistics.notes where note.isWarning { try console.line("warning: \(note.text)") }
    for finding in report.findings { try console.line("held: \(finding.reason).") }
    switch report.state {
    case .published, .planned: return .ok
    case .held:
      console.say(
        "Run \(report.run) of \(integration) is held: nothing was applied.",
        next: "look at what is held; if the change is meant: homeroom sync \(integration) --accept")
      return .held
    case .interrupted:
      if let signal {
        let pages = Figures.grouped(report.statistics.pages)
        console.say(
          "Run \(report.run) of \(integration) was stopped; \(pages) pages are stored.",
          next: "homeroom sync \(integration) goes on from there")
        return SyncCommand.code(signal)
      }
      fallthrough
    case .running, .failed:
      if let error = report.error { console.say("\(integration): \(error.message).", next: error.advice) }
      return .failed
    }
  }

  private var headline: String {
    let seconds = Figures.seconds(report.elapsedMilliseconds)
    let resumed = report.isResumed ? ", taken up where the last one ended" : ""
    let statistics = report.statistics
    return "\(integration): run \(report.run) \(report.state.rawValue)\(resumed): "
      + "\(Figures.grouped(statistics.received)) records, \(Figures.grouped(statistics.pages)) pages, "
      + "\(Figures.grouped(statistics.requests)) requests (\(statistics.retries) repeated), \(seconds) s"
  }

  var json: JSONValue {
    .members([
      "integration": .string(integration.rawValue), "run": .integer(report.run.rawValue),
      "state": .string(report.state.rawValue), "resumed": .bool(report.isResumed),
      "kinds": Figures.json(report.tallies), "pages": .number(report.statistics.pages),
      "requests": .number(report.statistics.requests), "retries": .number(report.statistics.retries),
      "elapsedMilliseconds": .integer(report.elapsedMilliseconds),
      "resumeAt": report.resumeAt.map { .integer($0.milliseconds) },
      "error": report.error?.json,
      "findings": .array(
        report.findings.map {
          .members(["kind": .string($0.kind.name), "reason": .string($0.reason)])
        }),
    ])
  }
}
