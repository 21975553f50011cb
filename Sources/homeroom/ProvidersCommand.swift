import CommandLineKit
import HostModel
import HostPlatform
import HostRuntime
import JSON5
import ProviderRuntime
import SyncCore

/// `providers list`, `providers reload`, `providers inspect`, `providers check`.
enum ProvidersCommand {
  /// How a running host has them in use, or how a new one would find them.
  static func list(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let config = try Session.config(command)
    let (all, refused) = try inUse(config) ?? atHand(config)
    try console.object(
      .members(["providers": .array(all.map(\.json)), "refused": .array(refused.map(\.json))]))
    if all.isEmpty {
      try console.line("No providers in \(config.providers.joined(separator: ", ")).")
    } else {
      try console.table(
        ["provider", "version", "state", "signature", "sessions:", "name", "file"],
        all.map {
          [$0.id, $0.version, $0.state, $0.signature, Figures.grouped($0.sessions), $0.name, $0.file]
        })
    }
    for provider in all {
      if let reason = provider.reason { console.say("\(reason.message).", next: reason.advice) }
    }
    for file in refused { console.say("\(file.error.message).", next: file.error.advice) }
    // Said once where it is true of all of them.
    guard config.trust != nil else {
      if !all.isEmpty { console.say("\(TrustNotice.text).", next: TrustNotice.advice) }
      return .ok
    }
    for provider in all {
      if let warning = provider.warning { console.say("\(warning.message).", next: warning.advice) }
    }
    return .ok
  }

  private static func inUse(_ config: HostConfig) throws -> (all: [ProviderRow], refused: [RefusedRow])? {
    guard let answer = try ControlAnswer.ifRunning(.providers, config) else { return nil }
    return (answer.objects("providers").map(ProviderRow.init), answer.objects("refused").map(RefusedRow.init))
  }

  private static func atHand(_ config: HostConfig) -> (all: [ProviderRow], refused: [RefusedRow]) {
    let (all, refused) = Host.providers(config)
    return (all.map { ProviderRow($0) }, refused.map { RefusedRow($0) })
  }

  /// Asks the running host.
  static func reload(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let config = try Session.config(command)
    let answer = try ControlAnswer(ControlRequest.reload(command.positionals.first), config)
    try console.object(answer.json)
    var code = ExitCode.ok
    for outcome in answer.objects("reloaded") {
      guard outcome.text("result") == "refused" else {
        try console.line("\(outcome.text("sentence")).")
        continue
      }
      code = .failed
      let error = outcome.object("error")
      console.say("\(outcome.text("sentence")).", next: error?.text("advice"))
    }
    return code
  }

  static func inspect(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let provider = try Host.inspect(
      Session.absolute(command.positionals.first ?? ""), try Session.configIfAny(command))
    try console.object(provider.json)
    let auth = provider.authentications.map(\.scheme).joined(separator: ", ")
    for (name, value) in [
      ("provider", "\(provider.id) \(provider.version), \(provider.name)"), ("file", provider.file),
      ("sha256", provider.digest),
      ("signature", "\(provider.verdict.state.rawValue): it \(provider.verdict.found)"),
      ("kinds", provider.kinds.joined(separator: ", ")),
      ("modes", provider.modes.map(\.rawValue).joined(separator: ", ")),
      ("rate limit", "\(provider.perMinute) a minute"),
      ("in flight", "\(provider.maxInFlight)"), ("auth", auth),
      ("other hosts", provider.allowedHosts.isEmpty ? "none" : provider.allowedHosts.joined(separator: ", ")),
    ] {
      try console.line(name + String(repeating: " ", count: 13 - name.count) + value)
    }
    guard !provider.options.isEmpty else { return .ok }
    try console.line("")
    try console.table(
      ["option", "type", "default", "meaning"],
      provider.options.map {
        [$0.name, $0.type, $0.defaultValue ?? ($0.isRequired ? "(required)" : "-"), $0.summary]
      })
    return .ok
  }

  static func check(_ command: ParsedCommand, _ console: Console) async throws -> ExitCode {
    let (provider, lacks) = try await Host.check(
      Session.absolute(command.positionals.first ?? ""), try Session.configIfAny(command))
    try console.line("\(provider.file) is good: \(provider.id) \(provider.version).")
    if !lacks.isEmpty {
      console.say(
        "A provider's process cannot be shut in wholly on this machine; it lacks \(lacks.joined(separator: ", ")).",
        next: "a newer kernel, or a container that allows it, closes the gap")
    }
    try console.object(
      .members([
        "ok": .bool(true), "file": .string(provider.file), "provider": .string(provider.id.rawValue),
        "version": .string(provider.version), "sandboxLacks": .array(lacks.map(JSONValue.string)),
      ]))
    return .ok
  }
}
