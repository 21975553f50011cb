import CommandLineKit
import HostModel
import HostPlatform
import HostRuntime
import JSON5
import ProviderRuntime
import SyncCore
import TokenVault

/// `config check`, `config show`.
enum ConfigCommand {
  /// Holds the config against its providers and secrets as well: nothing is left for a run to find out.
  static func check(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let config = try Session.config(command)
    try Host.check(config, environment: Environment.all)
    let count = config.integrations.count
    try console.line("\(config.file) is good: \(count) integration\(count == 1 ? "" : "s").")
    try console.object(
      .members(["file": .string(config.file), "ok": .bool(true), "integrations": .number(count)]))
    return .ok
  }

  static func show(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let config = try Session.config(command)
    try console.object(config.json)
    try console.line("config     \(config.file)")
    try console.line("database   \(config.database)")
    for folder in config.providers { try console.line("providers  \(folder)") }
    try console.line("trust      \(Self.words(config.trust))")
    for integration in config.integrations {
      try console.line("\n\(integration.id)")
      for (name, value) in rows(integration) {
        try console.line("  " + name + String(repeating: " ", count: max(20 - name.count, 1)) + value)
      }
    }
    return .ok
  }

  private static func words(_ trust: TrustPolicy?) -> String {
    guard let trust else { return "(not configured)" }
    let unsigned = trust.allowUnsigned.sorted().map { ", unsigned sha256:\($0)" }.joined()
    let rule =
      trust.requireSigned
      ? "signed by \(trust.minimumSignatures) of them at least" : "signatures not required"
    return "keys in \(trust.folder); \(rule)\(unsigned)"
  }

  private static func rows(_ integration: IntegrationConfig) -> [(String, String)] {
    let limits = integration.limits
    var rows = [
      ("provider", "\(integration.provider) \(integration.providerVersion ?? "(the newest)")"),
      ("baseURL", integration.baseURL), ("enabled", "\(integration.isEnabled)"),
      ("auth", integration.auth.scheme),
    ]
    switch integration.auth {
    case .none: break
    case .staticBearer(let token): rows.append(("auth.token", "[hidden] \(token)"))
    case .clientCredentials(let id, let secret, let url, let scope):
      rows += [("auth.clientID", id), ("auth.clientSecret", "[hidden] \(secret)")]
      rows.append(("auth.tokenURL", url ?? "(the provider's)"))
      if let scope { rows.append(("auth.scope", scope)) }
    }
    let rate = integration.rateLimit
    rows += [
      (
        "rateLimit",
        rate.map { "\($0.perMinute) a minute, burst \($0.burst), \($0.minIntervalMilliseconds) ms apart" }
          ?? "(the provider's)"
      ),
      ("isolation", "\(integration.isolation.rawValue), a call at most \(integration.callSeconds) s"),
      ("schedule", integration.everyMinutes.map { "every \($0) minutes" } ?? "(when told)"),
      ("breaker", "open for \(integration.breakerOpenSeconds) s"),
      ("maxInFlight", integration.maxInFlight.map(String.init) ?? "(the provider's)"),
      ("pageSize", integration.pageSize.map(String.init) ?? "(the provider's)"),
      ("options", integration.options),
      (
        "guard",
        "removed \(limits.removedShare) above \(limits.removedFloor), "
          + "updated \(limits.updatedShare) above \(limits.updatedFloor)"
      ),
    ]
    return rows
  }
}
