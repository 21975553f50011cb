import CommandLineKit
import Glibc
import HostModel
import HostPlatform
import JSON5

/// `homeroom-bench`: what a sync costs, with the built tools, against the simulator.
@main enum HomeroomBench {
  private static let students = CommandOption<Int>.integer(
    "students", "N", in: 1...10_000_000, "one district only, of this size (default: 10000, then 100000)")
  private static let rounds = CommandOption<Int>.integer(
    "rounds", "N", in: 1...100, "how often each sync is measured; the median counts (default 3)")
  private static let json = CommandOption<Bool>.flag("json", "print JSON alone")
  private static let command = Command(
    "homeroom-bench", "what a sync costs",
    discussion: "Measures a first sync of a simulated district and one in which nothing has changed.",
    options: [students.declaration, rounds.declaration, json.declaration])

  static func main() {
    do {
      switch try CommandParser(command).parse(Array(CommandLine.arguments.dropFirst())) {
      case .help(let text): try Terminal.output.write(text)
      case .run(let parsed): try measure(parsed)
      }
    } catch {
      let words = (error as? UsageError).map { "\($0.message). \($0.advice)" } ?? "\(error)"
      try? Terminal.errors.write("homeroom-bench: \(words)\n")
      exit(error is UsageError ? 2 : 1)
    }
  }

  private static func measure(_ parsed: ParsedCommand) throws {
    let sizes = parsed[students].map { [$0] } ?? [10_000, 100_000]
    var table = BenchTable(rounds: parsed[rounds] ?? 3)
    for size in sizes {
      let district = try BenchDistrict(students: size)
      var (first, second): ([Measurement], [Measurement]) = ([], [])
      for _ in 0..<table.rounds {
        try district.forget()
        first.append(try district.sync())
        second.append(try district.sync())
      }
      for (isFirst, measurements) in [(true, first), (false, second)] {
        guard let median = Measurement.median(measurements) else { continue }
        table.rows.append(BenchTable.Row(students: size, isFirst: isFirst, measurement: median))
      }
    }
    if !parsed[json] { try Terminal.output.write(table.text + "\n") }
    try Terminal.output.write(table.json.text + "\n")
  }
}
