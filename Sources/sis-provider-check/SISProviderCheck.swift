import CommandLineKit
import Glibc
import HostModel
import HostPlatform
import JSON5

/// `sis-provider-check`: reads the command line, runs the checks, prints what they found.
@main enum SISProviderCheck {
  static func main() async {
    SignalWatcher.ignoreBrokenPipes()
    exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  static func run(_ words: [String]) async -> ExitCode {
    let isJSON = words.contains("--json")
    do {
      switch try CommandParser(ProviderCheckCommand.root).parse(words) {
      case .help(let text):
        try Terminal.output.write(text)
        return .ok
      case .run(let command): return try await ProviderCheck(command, words: words).run()
      }
    } catch let error as UsageError {
      return fail(HostError(.configuration, "usage", error.message, advice: error.advice), .usage, isJSON)
    } catch let error as HostError {
      return fail(error, .failed, isJSON)
    } catch {
      return fail(HostError(.unknown, "system", "\(error)"), .failed, isJSON)
    }
  }

  private static func fail(_ error: HostError, _ code: ExitCode, _ isJSON: Bool) -> ExitCode {
    let next = error.advice.isEmpty ? "" : "next: \(error.advice)\(error.advice.hasSuffix("?") ? "" : ".")\n"
    try? Terminal.errors.write("sis-provider-check: \(error.message).\n\(next)")
    if isJSON {
      let json = JSONValue.members([
        "error": .members([
          "code": .string(error.code), "message": .string(error.message), "advice": .string(error.advice),
        ])
      ])
      try? Terminal.output.write(json.text + "\n")
    }
    return code
  }
}
