import CommandLineKit
import HostModel
import HostPlatform
import HostRuntime
import JSON5
import Recordings
import SyncCore

/// `sync`
struct SyncCommand {
  let command: ParsedCommand
  let console: Console

  init(_ command: ParsedCommand, _ console: Console) {
    self.command = command
    self.console = console
  }

  func run() async throws -> ExitCode {
    let config = try Session.config(command)
    let chosen = try integrations(config)
    let stop = try StopSignal()
    if command[Options.replay] != nil {
      return try await ReplaySync(command: command, console: console).run(chosen, config, stop)
    }
    let recording = try SyncRecording(command, of: chosen)
    let host = try await Host.open(config, environment: Environment.all)
    var worst = ExitCode.ok
    for integration in chosen {
      let code = try await sync(integration, host, recording, stop)
      if code != .ok, worst != .failed { worst = code }
      if let signal = stop.signal { return SyncCommand.code(signal) }
    }
    return worst
  }

  /// The integrations asked for; the only one where none is named.
  private func integrations(_ config: HostConfig) throws -> [IntegrationConfig] {
    let names = command.positionals
    let enabled = config.integrations.filter(\.isEnabled)
    guard names.isEmpty else {
      guard !command[Options.all] else {
        throw UsageError("--all and the names of integrations do not go together", command: "homeroom sync")
      }
      return try Host.integrations(names, of: config)
    }
    guard !enabled.isEmpty else {
      throw HostError(
        .configuration, "integration-missing", "No integration of \(config.file) is enabled",
        advice: "Add one under integrations; docs/districts.md shows how")
    }
    guard enabled.count == 1 || command[Options.all] else {
      let ids = enabled.map(\.id.rawValue).joined(separator: ", ")
      throw UsageError("homeroom sync needs --all or some of \(ids)", command: "homeroom sync")
    }
    return enabled
  }

  private func sync(
    _ integration: IntegrationConfig, _ host: Host, _ recording: SyncRecording?, _ stop: StopSignal
  ) async throws -> ExitCode {
    let display = ProgressDisplay(integration.id.rawValue, isQuiet: console.isJSON)
    let (isFull, isDryRun) = (command[Options.full], command[Options.dryRun])
    var integration = integration
    if command[Options.accept] { integration.limits = .none }
    let chosen = integration
    let outcome = await stop.cancelling {
      do {
        return Result<SyncReport, any Error>.success(
          try await host.sync(chosen, full: isFull, isDryRun: isDryRun, recorder: recording?.recorder) {
            display.show($0)
          })
      } catch { return .failure(error) }
    }
    display.end()
    switch outcome {
    case .success(let report):
      let code = try SyncReportView(integration: integration.id, report: report, console: console).show(
        stoppedBy: stop.signal)
      guard let recording else { return code }
      let ended = try await recording.end(state: report.state, console)
      return code == .ok ? ended : code
    case .failure(let error):
      await recording?.recorder.abandon()
      return failed(integration, error)
    }
  }

  /// A run that was never begun is told in the same object as one that was.
  private func failed(_ integration: IntegrationConfig, _ error: any Error) -> ExitCode {
    guard let error = error as? HostError else { return console.fail(error) }
    console.say(error.message + ".", next: error.advice)
    try? console.object(
      .members([
        "integration": .string(integration.id.rawValue), "state": .string(RunState.failed.rawValue),
        "error": error.json,
      ]))
    return .failed
  }

  static func code(_ signal: Int32) -> ExitCode {
    signal == SignalWatcher.interrupt ? .interrupted : .terminated
  }
}
