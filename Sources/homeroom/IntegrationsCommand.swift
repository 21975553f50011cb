import CommandLineKit
import HostModel
import HostRuntime
import JSON5
import SyncCore
import TokenVault

/// `integrations list`
enum IntegrationsCommand {
  static func list(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let config = try Session.config(command)
    try console.object(.members(["integrations": .array(config.integrations.map(\.json))]))
    if config.integrations.isEmpty { try console.line("No integrations yet in \(config.file).") }
    guard !config.integrations.isEmpty else { return .ok }
    try console.table(
      ["integration", "provider", "enabled", "auth", "base URL"],
      config.integrations.map {
        [$0.id.rawValue, $0.provider.rawValue, $0.isEnabled ? "yes" : "no", $0.auth.scheme, $0.baseURL]
      })
    return .ok
  }
}
