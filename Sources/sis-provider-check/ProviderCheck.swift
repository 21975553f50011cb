import CommandLineKit
import ConformanceKit
import Foundation
import Glibc
import HostModel
import HostPlatform
import JSON5
import ProviderRuntime
import Recordings

/// One run of the tool.
struct ProviderCheck {
  private static let usage = "sis-provider-check"

  private let command: ParsedCommand
  /// As they were given: a failure is brought about again with the same words.
  private let words: [String]
  private let checks: [any Check]
  private let seed: UInt64
  private let reproduces: UInt64?

  init(_ command: ParsedCommand, words: [String]) throws(UsageError) {
    self.command = command
    self.words = words
    seed = try Self.number(command[ProviderCheckCommand.seed], "--seed") ?? 1
    reproduces = try Self.number(command[ProviderCheckCommand.reproduce], "--reproduce")
    let names = reproduces == nil ? command.all(ProviderCheckCommand.only) : ["fuzz"]
    for name in names where !Checks.all.contains(where: { $0.name == name }) {
      throw UsageError(
        "there is no check \"\(name)\"; --list names them", command: Self.usage,
        suggestion: Suggestion.nearest(to: name, among: Checks.all.map(\.name)))
    }
    checks = Checks.all.filter { names.isEmpty || names.contains($0.name) }
  }

  private static func number(_ text: String?, _ option: String) throws(UsageError) -> UInt64? {
    guard let text else { return nil }
    guard let number = UInt64(text) else {
      throw UsageError(
        "\(option) takes a whole number from 0 to \(UInt64.max), not \"\(text)\"", command: usage)
    }
    return number
  }

  func run() async throws -> ExitCode {
    if command[ProviderCheckCommand.list] { return try list() }
    guard let given = command.positionals.first else {
      throw UsageError("\(Self.usage) needs FILE", command: Self.usage)
    }
    let file = URL(fileURLWithPath: given).path
    guard FileManager.default.fileExists(atPath: file) else {
      throw HostError(
        .configuration, "provider-unreadable", "There is no file \(file)",
        advice: "Give the path of a provider's .so file")
    }
    let recordings = try recordings(file)
    let view = CheckReportView(file: file, seed: seed, command: command, words: words)
    let results =
      command[ProviderCheckCommand.inProcess] || reproduces != nil
      ? try await runHere(file, recordings, view) : try runInChildren(file, recordings, view)
    return try view.end(results)
  }

  private func list() throws -> ExitCode {
    let width = Checks.all.map(\.name.count).max() ?? 0
    if command[ProviderCheckCommand.json] {
      let all = Checks.all.map {
        JSONValue.members(["check": .string($0.name), "proves": .string($0.proves)])
      }
      try Terminal.output.write(JSONValue.members(["checks": .array(all)]).text + "\n")
      return .ok
    }
    for check in Checks.all {
      let name = check.name.padding(toLength: width, withPad: " ", startingAt: 0)
      try Terminal.output.write("\(name)  \(check.proves)\n")
    }
    return .ok
  }

  // MARK: - Recordings

  /// Those named, and those of the folder; each must be of this provider.
  private func recordings(_ file: String) throws(HostError) -> [LoadedRecording] {
    var folders = command.all(ProviderCheckCommand.replay)
    let beside = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("recordings")
      .path
    if let folder = command[ProviderCheckCommand.recordings] {
      let found = Self.recordings(in: folder)
      guard !found.isEmpty else {
        throw HostError(
          .configuration, "recordings-missing", "\(folder) holds no folder with a recording",
          advice: "Name a folder of recordings, or one recording with --replay")
      }
      folders += found
    } else if folders.isEmpty {
      folders = Self.recordings(in: beside)
    }
    let id = (try? ProviderLibrary.inspect(file, trust: .notConfigured))?.manifest.id
    var loaded: [LoadedRecording] = []
    for folder in folders {
      let recording = try Recording.open(folder)
      guard id == nil || recording.header.provider == id else {
        throw HostError(
          .configuration, "recording-provider",
          "The recording \(folder) is of the provider \(recording.header.provider); \(file) is \(id ?? "")",
          advice: "Replay a recording of this provider")
      }
      loaded.append(try LoadedRecording(recording))
    }
    return loaded
  }

  private static func recordings(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { folder + "/" + $0 }.filter(Recording.isRecording)
  }

  // MARK: - Running

  private func runInChildren(
    _ file: String, _ recordings: [LoadedRecording], _ view: CheckReportView
  ) throws -> [CheckResult] {
    let folder = try PrivateFolder.make("sis-provider-check")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var arguments = words.filter { !["--json", "--strict"].contains($0) }
    if command[ProviderCheckCommand.deadline] == nil { arguments += ["--deadline", "10"] }
    // Those of --only, each with its value, are replaced by one.
    while let index = arguments.firstIndex(where: { $0 == "--only" || $0.hasPrefix("--only=") }) {
      arguments.removeSubrange(
        index...min(arguments[index] == "--only" ? index + 1 : index, arguments.count - 1))
    }
    let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let runner = ChildRunner(
      executable: executable, arguments: arguments, traceFile: folder + "/call",
      recordings: recordings.map(\.name))
    return try checks.map { check in
      let result = runner.run(check)
      try view.show(result)
      return result
    }
  }

  private func runHere(
    _ file: String, _ recordings: [LoadedRecording], _ view: CheckReportView
  ) async throws -> [CheckResult] {
    let traceFile = command[ProviderCheckCommand.trace]
    guard let trace = traceFile.map({ CallTrace(file: $0) }) ?? CallTrace() else {
      throw HostError(
        .configuration, "trace", "\(traceFile ?? "") cannot be written",
        advice: "Name another file with --trace")
    }
    let context = CheckContext(
      file: file, recordings: recordings, seed: seed,
      iterations: command[ProviderCheckCommand.iterations] ?? 1_000,
      reproduces: reproduces, isThorough: command[ProviderCheckCommand.thorough], trace: trace)
    var results: [CheckResult] = []
    for check in checks {
      let done = results
      let watchdog = command[ProviderCheckCommand.deadline].map { seconds in
        Watchdog(trace, limitMilliseconds: Int64(seconds) * 1_000) { call in
          let failure = CheckFailure(
            "the call did not come back within \(seconds) s", call: call,
            recording: recordings.map(\.name).first { LoadedRecording.isNamed($0, in: call) } ?? "",
            seed: FuzzCheck.seed(in: call))
          let result = CheckResult(check.name, .failed(failure))
          try? view.show(result)
          // The call that hangs cannot be ended but with the process.
          _exit(((try? view.end(done + [result])) ?? .failed).rawValue)
        }
      }
      let result = await check.result(context)
      withExtendedLifetime(watchdog) {}
      try view.show(result)
      results.append(result)
    }
    return results
  }
}
