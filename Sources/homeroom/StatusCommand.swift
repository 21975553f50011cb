import CommandLineKit
import HostModel
import HostRuntime
import JSON5
import SyncCore

/// `status`
enum StatusCommand {
  static func run(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let config = try Session.config(command)
    let view = try RosterView(config)
    let names = command.positionals
    let chosen = names.isEmpty ? config.integrations : try Host.integrations(names, of: config)
    var statuses: [IntegrationStatus] = []
    for integration in chosen { statuses.append(try view.status(of: integration)) }
    try console.object(
      .members([
        "integrations": .array(statuses.map(\.json)),
        "trust": .members(["configured": .bool(config.trust != nil)]),
      ]))
    if statuses.isEmpty { try console.line("No integrations yet in \(config.file).") }
    guard !statuses.isEmpty else { return .ok }
    try console.table(
      ["integration", "status", "last run:", "ended (UTC)", "live records:"],
      statuses.map { status in
        [
          status.integration.rawValue, status.word.rawValue, status.lastRun?.id.description ?? "-",
          status.lastRun?.endedAt.map(Figures.moment) ?? "-",
          Figures.grouped(status.live.values.reduce(0, +)),
        ]
      })
    for status in statuses {
      if let failure = status.lastRun?.failure {
        try console.line("\n\(status.integration): \(failure.sentence)")
      }
      for finding in status.lastRun?.findings ?? [] {
        try console.line("\n\(status.integration): \(finding).")
      }
    }
    if config.trust == nil { try console.line("\n\(TrustNotice.text).") }
    return .ok
  }
}

extension IntegrationStatus {
  var json: JSONValue {
    .members([
      "integration": .string(integration.rawValue), "status": .string(word.rawValue),
      "lastRun": lastRun.map(\.json),
      "live": .object(
        RecordKind.inExportOrder.compactMap { kind in
          live[kind].map { JSONValue.Member(kind.name, .number($0)) }
        }),
    ])
  }
}
