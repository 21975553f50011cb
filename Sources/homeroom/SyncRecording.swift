import CommandLineKit
import HostModel
import HostRuntime
import Recordings
import SyncCore

/// `sync --record`: the recorder of a run, and what is said of it at the end.
struct SyncRecording {
  let folder: String
  let recorder: RunRecorder
  private let isRedacted: Bool

  /// Nil where none is asked for.
  ///
  /// - Throws: a `UsageError` for options that do not go together; `recording-folder`, `redaction-key`.
  init?(_ command: ParsedCommand, of integrations: [IntegrationConfig]) throws {
    let usage = "homeroom sync"
    guard let folder = command[Options.record] else {
      if command[Options.redact] { throw UsageError("--redact goes with --record", command: usage) }
      if command[Options.redactKey] != nil {
        throw UsageError("--redact-key goes with --redact", command: usage)
      }
      if command[Options.database] != nil {
        throw UsageError("--database goes with --replay", command: usage)
      }
      return nil
    }
    guard integrations.count == 1 else { throw UsageError("--record takes one integration", command: usage) }
    let keyFile = command[Options.redactKey]
    isRedacted = command[Options.redact]
    if keyFile != nil, !isRedacted { throw UsageError("--redact-key goes with --redact", command: usage) }
    // A cursor is opaque: nobody can tell what personal data stands in it.
    if isRedacted, !command[Options.full] {
      throw UsageError("--redact needs a run from the beginning: add --full", command: usage)
    }
    var key: RedactionKey?
    if isRedacted {
      key = try keyFile.map { file throws(HostError) in try RedactionKey(file: file) } ?? RedactionKey()
    }
    self.folder = folder
    recorder = try RunRecorder(
      folder: folder, hostVersion: VersionCommand.version, redaction: key.map { Redaction(key: $0) })
  }

  /// Says where the recording is, or why it is not whole.
  func end(state: RunState, _ console: Console) async throws -> ExitCode {
    do throws(HostError) { try await recorder.end(state: state) } catch {
      console.say("The recording is not whole. \(error.message).", next: error.advice)
      return .failed
    }
    let exchanges = Figures.grouped(await recorder.count)
    let warning =
      isRedacted ? "pseudonyms stand in it for personal data" : "it holds the district's data as it came"
    try console.line("recorded \(exchanges) exchanges in \(folder); \(warning)")
    return .ok
  }
}
