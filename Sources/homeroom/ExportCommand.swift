import CommandLineKit
import Glibc
import HostModel
import HostPlatform
import HostRuntime
import JSON5

/// `export`
enum ExportCommand {
  static func run(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    var selection = ExportSelection()
    let words = command.all(Options.kinds)
    for word in words where RecordKind(name: word) == nil {
      let known = RecordKind.inExportOrder.map(\.name)
      throw UsageError(
        "--kind takes \(known.joined(separator: ", ")), not \"\(word)\"", command: "homeroom export",
        suggestion: Suggestion.nearest(to: word, among: known))
    }
    if !words.isEmpty { selection.kinds = RecordKind.inExportOrder.filter { words.contains($0.name) } }
    if console.isJSON, command[Options.output] == nil {
      throw UsageError("--json tells of the file: it needs --output FILE", command: "homeroom export")
    }
    var config = try Session.config(command)
    if let database = command[Options.database] { config.database = Session.absolute(database) }
    if let name = command[Options.integration] {
      selection.integration = try Host.integrations([name], of: config).first?.id
    }
    let view = try RosterView(config)
    guard let path = command[Options.output] else {
      try view.export(selection) { bytes throws(HostError) in
        try told { () throws(PlatformError) in try Terminal.output.write(bytes) }
      }
      return .ok
    }
    // Pupils' data: for its owner's eyes only.
    let file = try AtomicFile(path, mode: 0o600)
    var size = 0
    var lines = 0
    try view.export(selection) { bytes throws(HostError) in
      size += bytes.count
      for byte in bytes where byte == UInt8(ascii: "\n") { lines += 1 }
      try told { () throws(PlatformError) in try file.write(bytes) }
    }
    try file.commit()
    try console.line("\(path): \(Figures.grouped(lines)) records, \(Figures.grouped(size)) bytes.")
    try console.object(
      .members(["file": .string(path), "records": .number(lines), "bytes": .number(size)]))
    return .ok
  }

  private static func told(_ body: () throws(PlatformError) -> Void) throws(HostError) {
    do { try body() } catch {
      // `homeroom export | head`: nothing is wrong, and there is nobody to tell.
      if error.code == EPIPE {
        throw HostError(.unknown, Console.readerGone, "Nobody reads the output any more")
      }
      throw HostError(
        .storage, "output", "The export stopped: \(error)", advice: "Check the disk or the reader")
    }
  }
}
