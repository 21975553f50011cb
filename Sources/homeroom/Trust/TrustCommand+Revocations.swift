import CommandLineKit
import HostModel
import HostRuntime
import JSON5
import ProviderRuntime

/// `providers trust revoke`, `providers trust import`.
extension TrustCommand {
  func revoke() throws -> ExitCode {
    let usage = "homeroom providers trust revoke"
    let reason = try Options.needed(Options.reason, of: command)
    var subjects: [RevocationList.Subject] = []
    for word in command.positionals {
      guard let subject = RevocationList.Subject(word) else {
        throw UsageError(
          "\"\(word)\" is not key.KEYID, file.SHA256, version.ID@VERSION or version.ID@LOWEST..HIGHEST",
          command: usage)
      }
      subjects.append(subject)
    }
    let key = try KeyFiles.signingKey(try Options.needed(Options.privateKey, of: command))
    let store = try folder.store()
    var reasons = store.revocations?.reasons ?? [:]
    for subject in subjects { reasons[subject] = reason }
    let list = try RevocationList(
      number: (store.revocations?.number ?? 0) + 1, created: folder.now, reasons: reasons, signedBy: key)
    // Read as the host will read it: a list that it would refuse must not take the place of one that holds.
    let read = try store.verified(Array(list.text.utf8), path: "the new list", now: folder.now)
    if let path = command[Options.revocationFile] {
      try KeyFiles.write(list.text, to: Session.absolute(path), mode: 0o644)
      try say(read, "is written to \(path)")
    } else {
      try folder.write(list)
      try say(read, "is in force")
    }
    return .ok
  }

  func takeOver() throws -> ExitCode {
    let path = command.positionals.first ?? ""
    let bytes = try KeyFiles.bytes(path, atMost: TrustStore.maximumBytes)
    let store = try folder.store()
    let list = try store.verified(bytes, path: path, now: folder.now)
    if let current = store.revocations,
      list.number < current.number || (list.number == current.number && list != current)
    {
      throw HostError(
        .configuration, "revocations-rolled-back",
        "\(path) has the number \(list.number), and the list in force has \(current.number): it must be higher",
        advice: "Get the newest list from whoever issues it")
    }
    try folder.write(list)
    try say(list, "is in force")
    return .ok
  }

  private func say(_ list: RevocationList, _ what: String) throws {
    try console.line("Revocation list \(list.number) with \(list.reasons.count) entries \(what).")
    try console.object(
      .members(["number": .integer(list.number), "entries": .number(list.reasons.count)]))
  }
}
