import CommandLineKit
import Glibc
import HostModel
import HostRuntime
import JSON5

/// `providers pin`
enum PinCommand {
  static func run(_ command: ParsedCommand, _ console: Console) async throws -> ExitCode {
    let config = try Session.config(command)
    guard let id = command.positionals.first else { return try list(config, console) }
    var allowing: Set<ProviderPin.Change> = []
    if command[Options.allowDowngrade] { allowing.insert(.downgrade) }
    if command[Options.allowSignerChange] { allowing.insert(.signer) }
    let pin = try await Host.pin(
      id, version: command[Options.providerVersion], allowing: allowing, actor: "person \(login)", config)
    try console.line("\(pin.provider) is pinned to \(pin.version), \(signers(pin)).")
    try console.object(pin.json)
    return .ok
  }

  private static func list(_ config: HostConfig, _ console: Console) throws -> ExitCode {
    let pins = try Host.pins(config)
    try console.object(.members(["pins": .array(pins.map(\.json))]))
    guard !pins.isEmpty else {
      try console.line("No provider was used yet.")
      return .ok
    }
    try console.table(
      ["provider", "version", "first used (UTC)", "last used (UTC)", "sha256", "signers"],
      pins.map {
        [
          $0.provider.rawValue, $0.version, Figures.moment($0.firstSeen), Figures.moment($0.lastSeen),
          String($0.digest.prefix(12)), signers($0),
        ]
      })
    return .ok
  }

  private static func signers(_ pin: ProviderPin) -> String {
    pin.signers.isEmpty ? "not signed" : "signed by " + pin.signers.joined(separator: " ")
  }

  /// For the audit: who is at the command line.
  private static var login: String {
    guard let entry = getpwuid(getuid()) else { return String(getuid()) }
    return String(cString: entry.pointee.pw_name)
  }
}

extension ProviderPin {
  var json: JSONValue {
    .members([
      "provider": .string(provider.rawValue), "version": .string(version), "sha256": .string(digest),
      "signers": .array(signers.map(JSONValue.string)), "firstSeen": .integer(firstSeen.milliseconds),
      "lastSeen": .integer(lastSeen.milliseconds),
    ])
  }
}
