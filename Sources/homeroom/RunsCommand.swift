import CommandLineKit
import HostModel
import HostRuntime
import JSON5
import SQLiteStore
import SyncCore

/// `runs list`, `runs show`.
enum RunsCommand {
  static func list(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let config = try Session.config(command)
    var integration: IntegrationID?
    if let name = command[Options.integration] {
      integration = try Host.integrations([name], of: config).first?.id
    }
    let runs = try RosterView(config).runs(of: integration, limit: command[Options.limit] ?? 20)
    try console.object(.members(["runs": .array(runs.map(\.json))]))
    if runs.isEmpty { try console.line("No runs yet. homeroom sync begins one.") }
    guard !runs.isEmpty else { return .ok }
    try console.table(
      ["run:", "integration", "state", "mode", "begun (UTC)", "seconds:", "pages:", "received:", "changed:"],
      runs.map { run in
        let seconds = run.endedAt.map { Figures.seconds(run.startedAt.milliseconds(until: $0)) } ?? "-"
        let received = run.tallies.values.reduce(0) { $0 + $1.received }
        let changes = run.tallies.values.reduce(0) { $0 + $1.changes }
        return [
          run.id.description, run.integration.rawValue, run.state.rawValue, run.mode,
          Figures.moment(run.startedAt), seconds, Figures.grouped(run.pages), Figures.grouped(received),
          Figures.grouped(changes),
        ]
      })
    return .ok
  }

  static func show(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let word = command.positionals.first ?? ""
    guard let number = Int64(word), number > 0 else {
      throw UsageError("A run is a number from 1, not \"\(word)\"", command: "homeroom runs show")
    }
    let view = try RosterView(try Session.config(command))
    let run = try view.run(RunID(rawValue: number))
    let rejected = try view.rejected(run.id, limit: 100)
    guard case .object(var members) = run.json else { return .failed }
    members.append(JSONValue.Member("rejected", .array(rejected.map(\.json))))
    try console.object(.object(members))
    try console.line(
      "run \(run.id) of \(run.integration): \(run.state.rawValue), \(run.mode), "
        + "\(run.provider) \(run.providerVersion), begun \(Figures.moment(run.startedAt)) UTC")
    if let failure = run.failure { try console.line(failure.sentence) }
    for finding in run.findings { try console.line("held: \(finding)") }
    try Figures.table(run.tallies, console)
    guard !rejected.isEmpty else { return .ok }
    try console.line("\nSet aside, the first \(rejected.count):")
    try console.table(
      ["kind", "sourcedId", "field", "reason"], rejected.map { [$0.kind, $0.sourcedID, $0.field, $0.reason] })
    return .ok
  }
}

extension RosterReader.Rejected {
  fileprivate var json: JSONValue {
    .members([
      "kind": .string(kind), "sourcedId": .string(sourcedID), "field": .string(field),
      "reason": .string(reason),
    ])
  }
}
