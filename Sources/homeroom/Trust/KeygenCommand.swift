import CommandLineKit
import Glibc
import HostModel
import JSON5
import ProviderRuntime

/// `providers keygen`
enum KeygenCommand {
  static func run(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let path = Session.absolute(try Options.needed(Options.keyFile, of: command))
    for file in [path, path + ".pub"] where access(file, F_OK) == 0 {
      throw HostError(
        .configuration, "key-exists", "\(file) is there already, and a key is never overwritten",
        advice: "Name another --out, or move the old key away")
    }
    let key = try SigningKey.generate()
    let line = key.publicKey.line(owner: command[Options.owner] ?? "")
    guard PublicKey.parse(line: line) != nil else {
      throw UsageError("--owner takes one short line of text", command: "homeroom providers keygen")
    }
    try KeyFiles.write(try key.pem(), to: path, mode: 0o600)
    try KeyFiles.write(line, to: path + ".pub", mode: 0o644)
    try console.line("key      \(key.publicKey.id)")
    try console.line("private  \(path) (mode 0600: keep it, and keep it secret)")
    try console.line("public   \(path).pub (give it to whoever is to trust it)")
    try console.object(
      .members([
        "key": .string(key.publicKey.id.description), "privateFile": .string(path),
        "publicFile": .string(path + ".pub"),
      ]))
    return .ok
  }
}
