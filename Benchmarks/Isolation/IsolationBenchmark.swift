import Glibc
import HostModel
import ProviderRuntime
import SyncCore

/// What isolation costs: the same page into the same provider, in this process and in a worker, in turns, so
/// that whatever else the machine does meets both alike. Ratios count; times are those of the machine.
///
///     isolation-benchmark PAGE-PROVIDER.so [PROVIDER.so ...]
@main
struct IsolationBenchmark {
  static let rounds = 4_000
  static let starts = 100

  static func main() async throws {
    let files = CommandLine.arguments.dropFirst()
    guard let page = files.first else {
      print("Usage: isolation-benchmark PAGE-PROVIDER.so [PROVIDER.so ...]")
      exit(2)
    }
    print("what                                  in process      in a worker   difference   ratio")
    for (name, records, size) in [
      ("an empty call", 0, 0), ("100 KB, 200 records", 200, 500), ("1 MB, 2,000 records", 2_000, 500),
    ] {
      try await compare(
        name, page, body: body(records: records, size: size), rounds: records > 500 ? rounds / 8 : rounds)
    }
    for file in files { try await start(file) }
  }

  /// Lines of twelve values, each line of about `size` bytes.
  static func body(records: Int, size: Int) -> [UInt8] {
    var text: [UInt8] = []
    for number in 0..<records {
      let filler = String(repeating: "abcdefghij", count: size / 50)
      let values = [
        "S\(number)", "user\(number)", "Given\(filler)", "Middle", "Family\(filler)",
        "user\(number)@\(filler).example",
        "09", "school-3", "student", "\(number) Main Street \(filler)", "Springfield", "12345",
      ]
      text += Array(values.joined(separator: ",").utf8) + [UInt8(ascii: "\n")]
    }
    return text
  }

  static func compare(_ name: String, _ file: String, body: [UInt8], rounds: Int) async throws {
    let provider = try ProviderLibrary.inspect(file, trust: .notConfigured)
    let opening = SessionOpening(now: HostInstant(milliseconds: 1))
    let here = try await InProcessSession.open(try ProviderLibrary.load(provider), opening)
    let there = try await ProviderLauncher().open(provider, opening)
    let response = HTTPResponse(status: 200, headers: [HTTPHeader("content-type", "text/csv")], body: body)
    var times: (here: [Double], there: [Double]) = ([], [])
    for _ in 0..<rounds {
      times.here.append(try await time { try await here.feed(1, response, grant: 1, now: opening.now) })
      times.there.append(try await time { try await there.feed(1, response, grant: 1, now: opening.now) })
    }
    await here.close()
    await there.close()
    let (fast, slow) = (median(times.here), median(times.there))
    print(
      pad(name, 32), micro(fast), micro(slow), "  +" + micro(slow - fast), "   \(rounded(slow / fast))")
  }

  /// From nothing to an open session, and what the worker takes up.
  static func start(_ file: String) async throws {
    let provider = try ProviderLibrary.inspect(file, trust: .notConfigured)
    let opening = SessionOpening(now: HostInstant(milliseconds: 1))
    var times: [Double] = []
    var resident = 0
    for _ in 0..<starts {
      var session: WorkerSession?
      times.append(try await time { session = try await ProviderLauncher().open(provider, opening) })
      resident = session.map { residentKilobytes($0.processID) } ?? 0
      await session?.close()
    }
    let sorted = times.sorted()
    print(
      "start of \(provider.manifest.id): median \(rounded(median(times) / 1_000)) ms, 9 of 10 below "
        + "\(rounded(sorted[sorted.count * 9 / 10] / 1_000)) ms, worker resident \(resident) KB")
  }

  static func time(_ body: () async throws -> some Any) async throws -> Double {
    let start = ContinuousClock.now
    _ = try await body()
    let taken = (ContinuousClock.now - start).components
    return Double(taken.seconds) * 1_000_000 + Double(taken.attoseconds) / 1_000_000_000_000
  }

  static func residentKilobytes(_ processID: Int32) -> Int {
    guard let file = fopen("/proc/\(processID)/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, CInt(line.count), file) != nil else { return 0 }
    var rest: UnsafeMutablePointer<CChar>?
    strtol(line, &rest, 10)
    return (rest.map { strtol($0, nil, 10) } ?? 0) * sysconf(CInt(_SC_PAGESIZE)) / 1_024
  }

  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
  static func rounded(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
  static func micro(_ value: Double) -> String { pad(rounded(value) + " us", 14, right: true) }

  static func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(width - text.count, 0))
    return right ? blanks + text : text + blanks
  }
}
