import CommandLineKit
import Foundation
import HostModel
import HostPlatform
import HostRuntime
import Recordings

/// `sync --replay`: a recorded run again, into a database of its own: a replay never touches the roster.
struct ReplaySync {
  let command: ParsedCommand
  let console: Console

  func run(_ integrations: [IntegrationConfig], _ config: HostConfig, _ stop: StopSignal) async throws
    -> ExitCode
  {
    let usage = "homeroom sync"
    guard let integration = integrations.first, integrations.count == 1 else {
      throw UsageError("--replay takes one integration", command: usage)
    }
    for (isGiven, name) in [
      (command[Options.record] != nil, "--record"), (command[Options.full], "--full"),
      (command[Options.dryRun], "--dry-run"), (command[Options.accept], "--accept"),
    ] where isGiven {
      throw UsageError("--replay and \(name) do not go together", command: usage)
    }
    let recording = try Recording.open(command[Options.replay] ?? "")
    var config = config
    let kept = try database(config)
    let folder = try kept == nil ? PrivateFolder.make("homeroom-replay") : nil
    defer { if let folder { try? FileManager.default.removeItem(atPath: folder) } }
    config.database = kept ?? "\(folder ?? "")/roster.db"
    let display = ProgressDisplay(integration.id.rawValue, isQuiet: console.isJSON)
    let (chosen, settled) = (integration, config)
    let outcome = await stop.cancelling {
      do {
        return Result<SyncReport, any Error>.success(
          try await Host.replay(recording, as: chosen, settled) { display.show($0) })
      } catch { return .failure(error) }
    }
    display.end()
    let view = SyncReportView(integration: integration.id, report: try outcome.get(), console: console)
    let code = try view.show(stoppedBy: stop.signal)
    try console.line(
      kept.map { "the roster of this replay is in \($0): homeroom export --database \($0)" }
        ?? "the roster of this replay was thrown away; --database FILE keeps it")
    return code
  }

  /// The file that takes the roster, and keeps it.
  private func database(_ config: HostConfig) throws -> String? {
    guard let file = command[Options.database].map(Session.absolute) else { return nil }
    let standard = { (path: String) in URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    guard standard(file) != standard(config.database) else {
      throw HostError(
        .configuration, "replay-database",
        "\(file) is the database of \(config.file), which a replay would change",
        advice: "Name another --database, or none")
    }
    return file
  }
}
