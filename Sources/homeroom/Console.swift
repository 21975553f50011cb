import CommandLineKit
import Glibc
import HostModel
import HostPlatform
import HostRuntime
import JSON5

/// The two outputs: results on stdout as lines or as JSON, errors on stderr as a sentence.
struct Console: Sendable {
  /// The code of an error that is not worth a word.
  static let readerGone = "reader-gone"

  let isJSON: Bool

  /// A line for a person; nothing with `--json`.
  func line(_ text: String) throws { if !isJSON { try Terminal.output.write(text + "\n") } }

  /// An object for a script, on one line; nothing without `--json`.
  func object(_ value: @autoclosure () -> JSONValue) throws {
    if isJSON { try Terminal.output.write(value().text + "\n") }
  }

  /// Columns, each as wide as its widest cell; those whose heading ends in ":" are aligned to the right.
  func table(_ heading: [String], _ rows: [[String]]) throws {
    let isRight = heading.map { $0.hasSuffix(":") }
    let all = [heading.map { $0.hasSuffix(":") ? String($0.dropLast()) : $0 }] + rows
    let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    for row in all {
      var text = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        text += (column == 0 ? "" : "  ") + (isRight[column] ? padding + cell : cell + padding)
      }
      while text.hasSuffix(" ") { text.removeLast() }
      try line(text)
    }
  }

  /// Says why a command failed, on stderr for a person and besides on stdout for a script.
  func fail(_ error: any Error) -> ExitCode {
    switch error {
    case let usage as UsageError:
      say(usage.message + ".", next: usage.advice)
      return report(
        HostError(.configuration, "usage", usage.message, advice: usage.advice), exit: .usage)
    case let config as ConfigError:
      for problem in config.problems { say(problem.description, next: nil) }
      advise(ConfigError.advice)
      let problems = config.problems.map(Self.json)
      try? object(
        .members([
          "error": .members([
            "code": .string("config"), "category": .string("configuration"),
            "message": .string(config.problems.count == 1 ? "The config has a problem" : "The config has \(config.problems.count) problems"),
            "problems": .array(problems),
          ])
        ]))
      return .failed
    case let error as HostError:
      if error.code == Self.readerGone { return .failed }
      say(error.message + ".", next: error.advice)
      return report(error, exit: .failed)
    case let error as PlatformError:
      // Whoever read our output has gone away: there is nobody to tell.
      if error.code == EPIPE { return .failed }
      let told = HostError(.unknown, "system", "\(error)", advice: "")
      say(told.message + ".", next: nil)
      return report(told, exit: .failed)
    default:
      let told = HostError(.unknown, "unknown", "\(error)", advice: "This is a bug of Homeroom: report it")
      say(told.message + ".", next: told.advice)
      return report(told, exit: .failed)
    }
  }

  private func report(_ error: HostError, exit: ExitCode) -> ExitCode {
    try? object(.members(["error": error.json]))
    return exit
  }

  /// A sentence on stderr, and what to do next.
  func say(_ sentence: String, next: String?) {
    try? Terminal.errors.write("homeroom: \(sentence)\n")
    if let next, !next.isEmpty { advise(next) }
  }

  func advise(_ next: String) {
    try? Terminal.errors.write("next: \(next)\(next.hasSuffix("?") ? "" : ".")\n")
  }

  static func json(_ problem: ConfigProblem) -> JSONValue {
    .members([
      "file": .string(problem.file), "line": .number(problem.place.line),
      "column": .number(problem.place.column), "path": .string(problem.path),
      "message": .string(problem.message),
    ])
  }
}
