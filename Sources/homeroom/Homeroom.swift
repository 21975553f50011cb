import CommandLineKit
import Glibc
import HostPlatform

/// `homeroom`: reads the command line, wires the host, prints what it says. The rest is HostRuntime.
@main enum Homeroom {
  static func main() async {
    SignalWatcher.ignoreBrokenPipes()
    exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  static func run(_ words: [String]) async -> ExitCode {
    // Known before the words are understood, so that also a usage error comes in the form asked for.
    let console = Console(isJSON: words.prefix { $0 != "--" }.contains("--json"))
    do {
      switch try CommandParser(HomeroomCommands.root).parse(words) {
      case .help(let text):
        try Terminal.output.write(text)
        return .ok
      case .run(let command): return try await HomeroomCommands.run(command, console)
      }
    } catch {
      return console.fail(error)
    }
  }
}
