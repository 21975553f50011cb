import CommandLineKit
import ConformanceKit
import HostPlatform
import JSON5

/// What is printed of the checks: a line each as they end, and a sentence; or one JSON object.
struct CheckReportView: Sendable {
  let file: String
  let seed: UInt64
  let isJSON: Bool
  let isStrict: Bool
  private let isAlone: Bool
  private let words: [String]

  init(file: String, seed: UInt64, command: ParsedCommand, words: [String]) {
    self.file = file
    self.seed = seed
    self.words = words
    isJSON = command[ProviderCheckCommand.json]
    isStrict = command[ProviderCheckCommand.strict]
    isAlone = command[ProviderCheckCommand.inProcess]
  }

  private static let width = Checks.all.map(\.name.count).max() ?? 0

  func show(_ result: CheckResult) throws {
    guard !isJSON else { return }
    let name = result.name + String(repeating: " ", count: max(Self.width - result.name.count, 0))
    let indent = String(repeating: " ", count: Self.width + 11)
    switch result.outcome {
    case .passed(let summary): try Terminal.output.write("\(name)  passed   \(summary)\n")
    case .notRun(let reason): try Terminal.output.write("\(name)  not run  \(reason)\n")
    case .failed(let failure):
      var lines = ["\(name)  FAILED   \(failure.message)"]
      if !failure.call.isEmpty { lines.append("\(indent)in: \(failure.call)") }
      if !failure.recording.isEmpty { lines.append("\(indent)recording: \(failure.recording)") }
      lines.append("\(indent)seed: \(failure.seed ?? seed)")
      lines.append("\(indent)again: \(again(result.name, failure.seed))")
      try Terminal.output.write(lines.joined(separator: "\n") + "\n")
    }
  }

  /// The command that brings a failure about again, in one process.
  private func again(_ check: String, _ round: UInt64?) -> String {
    let more = check == "fuzz" ? round.map { ["--reproduce", String($0)] } : nil
    let added = ["--only", check, "--in-process"].filter { !words.contains($0) }
    return (["sis-provider-check"] + words + (more ?? added)).map(Self.quoted).joined(separator: " ")
  }

  /// As a shell takes it for one word.
  private static func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=+,:@".contains($0) }
    return isPlain
      ? word
      : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  func end(_ results: [CheckResult]) throws -> ExitCode {
    let failed = results.count { if case .failed = $0.outcome { true } else { false } }
    let left = results.count { if case .notRun = $0.outcome { true } else { false } }
    let isGood = failed == 0 && (left == 0 || !isStrict)
    if isJSON {
      let json = JSONValue.members([
        "file": .string(file), "seed": .string(String(seed)), "passed": .bool(isGood),
        "complete": .bool(left == 0),
        "checks": .array(results.map(\.json)),
      ])
      // On a line of its own, whatever the provider printed before.
      try Terminal.output.write((isAlone ? "\n" : "") + json.text + "\n")
    } else {
      let passed = results.count - failed - left
      try Terminal.output.write("\n\(passed) passed, \(failed) failed, \(left) not run.\n")
      if left > 0 {
        try Terminal.output.write(
          """
          What was not run is not proved: without a recording nothing shows that the provider reads its SIS.
          next: make one with homeroom sync INTEGRATION --record FOLDER, and name it with --replay FOLDER.

          """)
      }
    }
    return isGood ? .ok : .failed
  }
}
