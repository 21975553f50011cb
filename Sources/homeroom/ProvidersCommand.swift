import CommandLineKit
import HostModel
import HostPlatform
import HostRuntime
import JSON5
import SyncCore

/// `providers list`, `providers inspect`, `providers check`.
enum ProvidersCommand {
  static func list(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let config = try Session.config(command)
    let (all, refused) = Host.providers(config)
    try console.object(
      .members([
        "providers": .array(all.map(\.json)), "refused": .array(refused.map(Console.json)),
      ]))
    if all.isEmpty {
      try console.line("No providers in \(config.providers.joined(separator: ", ")).")
    } else {
      try console.table(
        ["provider", "version", "name", "per minute:", "file"],
        all.map { [$0.id.rawValue, $0.version, $0.name, Figures.grouped($0.perMinute), $0.file] })
    }
    for error in refused { console.say("\(error.message).", next: error.advice) }
    return .ok
  }

  static func inspect(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let provider = try Host.inspect(absolute(command.positionals.first ?? ""))
    try console.object(provider.json)
    let auth = provider.authentications.map(\.scheme).joined(separator: ", ")
    for (name, value) in [
      ("provider", "\(provider.id) \(provider.version), \(provider.name)"), ("file", provider.file),
      ("sha256", provider.digest), ("kinds", provider.kinds.joined(separator: ", ")),
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

  static func check(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let provider = try Host.check(absolute(command.positionals.first ?? ""))
    try console.line("\(provider.file) is good: \(provider.id) \(provider.version).")
    try console.object(
      .members([
        "ok": .bool(true), "file": .string(provider.file), "provider": .string(provider.id.rawValue),
        "version": .string(provider.version),
      ]))
    return .ok
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : Session.currentFolder + "/" + path
  }
}

extension ProviderDescription {
  var json: JSONValue {
    .members([
      "id": .string(id.rawValue), "name": .string(name), "version": .string(version), "abi": .string(abi),
      "file": .string(file),
      "sha256": .string(digest), "kinds": .array(kinds.map(JSONValue.string)),
      "modes": .array(modes.map { .string($0.rawValue) }),
      "rateLimit": .members([
        "perMinute": .number(perMinute), "minIntervalMilliseconds": .number(minIntervalMilliseconds),
      ]),
      "maxInFlight": .number(maxInFlight),
      "auth": .array(
        authentications.map {
          .members(["scheme": .string($0.scheme), "tokenURL": $0.tokenURL.map(JSONValue.string)])
        }),
      "allowedHosts": .array(allowedHosts.map(JSONValue.string)),
      "options": .array(
        options.map {
          .members([
            "name": .string($0.name), "type": .string($0.type), "required": .bool($0.isRequired),
            "default": $0.defaultValue.map(JSONValue.raw), "description": .string($0.summary),
          ])
        }),
    ])
  }
}
