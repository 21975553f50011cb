import CommandLineKit
import HostModel
import HostRuntime
import JSON5
import ProviderRuntime

/// `providers trust add`, `providers trust list`, `providers trust remove`.
struct TrustCommand {
  let command: ParsedCommand
  let console: Console
  let folder: TrustFolder

  init(_ command: ParsedCommand, _ console: Console) throws {
    self.command = command
    self.console = console
    folder = TrustFolder(try Session.config(command))
  }

  func add() throws -> ExitCode {
    let usage = "homeroom providers trust add"
    let (key, remark) = try KeyFiles.publicKey(command.positionals.first ?? "")
    guard let plugins = TrustedKey.patterns(command[Options.plugins] ?? "*") else {
      throw UsageError(
        "--plugins takes ids of providers (a-z 0-9 and -), each of which may end in *, with commas between them",
        command: usage)
    }
    let from = try Options.moment(Options.from, of: command) ?? folder.now
    let until = try Options.moment(Options.until, of: command)
    guard until.map({ $0 > from }) ?? true else {
      throw UsageError("--until names a moment that is not after --from", command: usage)
    }
    let trusted = TrustedKey(
      key: key, owner: command[Options.owner] ?? remark, plugins: plugins, from: from, until: until,
      revokes: command[Options.revokes])
    guard trusted.isWritable else { throw UsageError("--owner takes one line of text", command: usage) }
    try folder.make()
    try folder.write(trusted)
    // Read as the host will read it: a folder that others may write to is said now.
    _ = try folder.store()
    try console.line(
      "\(key.id) is trusted for \(plugins.joined(separator: ", ")), from \(TrustMoment.text(from))\(Self.end(until))."
    )
    try console.object(trusted.json(at: folder.now))
    folder.advise(console)
    return .ok
  }

  func list() throws -> ExitCode {
    let store = try folder.store()
    let revoked = (store.revocations?.reasons ?? [:]).sorted { $0.key.description < $1.key.description }
    try console.object(
      .members([
        "folder": .string(folder.path), "configured": .bool(folder.config.trust != nil),
        "keys": .array(store.keys.map { $0.json(at: folder.now) }),
        "problems": .array(store.problems.map(\.json)),
        "revocations": store.revocations.map { list in
          .members([
            "number": .integer(list.number), "created": .string(TrustMoment.text(list.created)),
            "revoked": .array(
              revoked.map { .members(["subject": .string($0.key.description), "reason": .string($0.value)]) }),
          ])
        },
      ]))
    if store.keys.isEmpty { try console.line("No keys in \(folder.path).") }
    if !store.keys.isEmpty {
      try console.table(
        ["key", "state", "may sign", "until", "owner"],
        store.keys.map { key in
          let rights = key.plugins.joined(separator: ",") + (key.revokes ? " and revocations" : "")
          return [
            key.key.id.description, key.state(at: folder.now), rights, key.until.map(TrustMoment.text) ?? "-",
            key.owner,
          ]
        })
    }
    if let list = store.revocations {
      try console.line("\nRevocation list \(list.number) of \(TrustMoment.text(list.created)):")
      try console.table(["revoked", "reason"], revoked.map { [$0.key.description, $0.value] })
    }
    for problem in store.problems { console.say("\(problem.message).", next: problem.advice) }
    folder.advise(console)
    return .ok
  }

  func remove() throws -> ExitCode {
    let word = command.positionals.first ?? ""
    guard let id = KeyID(word) else {
      throw UsageError(
        "KEYID has 16 hex digits, and \"\(word)\" has not", command: "homeroom providers trust remove")
    }
    try folder.remove(id)
    try console.line("\(id) is not trusted any more.")
    try console.object(.members(["removed": .string(id.description)]))
    return .ok
  }

  private static func end(_ until: HostInstant?) -> String {
    until.map { " until \(TrustMoment.text($0))" } ?? ""
  }
}

extension TrustedKey {
  func json(at now: HostInstant) -> JSONValue {
    .members([
      "key": .string(key.id.description), "owner": .string(owner), "state": .string(state(at: now)),
      "plugins": .array(plugins.map(JSONValue.string)), "revokes": .bool(revokes),
      "from": .string(TrustMoment.text(from)), "until": until.map { .string(TrustMoment.text($0)) },
    ])
  }
}
