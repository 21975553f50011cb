import CommandLineKit
import HostModel
import HostRuntime
import JSON5
import SyncCore

/// `runs list`, `runs show`.
enum RunsCommand {
  static func list(_ command: ParsedCommand, _ console: Console) async throws -> ExitCode {
    let host = try await Session.host(command)
    var integration: IntegrationID?
    if let name = command[Options.integration] {
      integration = try Host.integrations([name], of: host.config).first?.id
    }
    let runs: [RunRecord]
    do {
      runs = try await host.store.runs(of: integration, limit: command[Options.limit] ?? 20)
    } catch { throw HostError(error) }
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
          run.id.description, run.integration.rawValue, run.state.rawValue, run.mode.rawValue,
          Figures.moment(run.startedAt), seconds, Figures.grouped(run.pages), Figures.grouped(received),
          Figures.grouped(changes),
        ]
      })
    return .ok
  }

  static func show(_ command: ParsedCommand, _ console: Console) async throws -> ExitCode {
    let word = command.positionals.first ?? ""
    guard let number = Int64(word), number > 0 else {
      throw UsageError("A run is a number from 1, not \"\(word)\"", command: "homeroom runs show")
    }
    let host = try await Session.host(command)
    let found: RunRecord?
    do { found = try await host.store.run(RunID(rawValue: number)) } catch { throw HostError(error) }
    guard let run = found else {
      throw HostError(
        .dataValidation, "run-unknown", "There is no run \(number) in \(host.config.database)",
        advice: "homeroom runs list shows those that there are")
    }
    try console.object(run.json)
    try console.line(
      "run \(run.id) of \(run.integration): \(run.state.rawValue), \(run.mode.rawValue), "
        + "\(run.provider) \(run.providerVersion), begun \(Figures.moment(run.startedAt)) UTC")
    if let error = run.error { try console.line("\(error)") }
    for finding in run.findings { try console.line("held: \(finding)") }
    try Figures.table(run.tallies, console)
    return .ok
  }
}
