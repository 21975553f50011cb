import Foundation
import HostPlatform
import JSON5

/// A simulated district, and the folder of a host that has never seen it.
final class BenchDistrict {
  struct Failure: Error, CustomStringConvertible { var description: String }

  /// Beside this executable, as the build puts them.
  private static let tools = Environment.executableFolder ?? "."
  private static let secret = "open-sesame"

  private let simulator: ChildProcess
  private let folder: URL

  /// - Parameter students: how many; everything else of the district follows from it and the simulator's seed.
  init(students: Int, isolation: String) throws {
    simulator = try ChildProcess(
      Self.tools + "/sis-simulator",
      [
        "powerschool", "--students", "\(students)", "--port", "0", "--client-id", "bench", "--client-secret",
        Self.secret, "--exit-with-parent",
      ])
    guard let url = simulator.readLine(timeoutMilliseconds: 60_000)?.split(separator: " ").last else {
      throw Failure(description: "the simulator did not start")
    }
    folder = FileManager.default.temporaryDirectory.appending(path: "homeroom-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    // The rate is far above what any district is asked: it is not to be what is measured.
    let config = """
      {
        database: "roster.db", providers: [\(JSON5Node.quoted(Self.tools))],
        integrations: [
          {
            id: "bench", provider: "powerschool", baseURL: "\(url)", isolation: "\(isolation)",
            rateLimit: { perMinute: 1000000, burst: 100 },
            auth: { scheme: "oauth2-client-credentials", clientID: "bench", clientSecret: "env:BENCH_SECRET" },
          },
        ],
      }
      """
    try Data(config.utf8).write(to: folder.appending(path: "homeroom.json5"))
    setenv("BENCH_SECRET", Self.secret, 1)
  }

  deinit {
    simulator.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// The same district for a host that has never seen it.
  func forget() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasPrefix("roster.db") {
      try FileManager.default.removeItem(at: folder.appending(path: name))
    }
  }

  private struct Report: Decodable {
    struct Kind: Decodable { var received: Int }
    var state: String
    var pages: Int
    var kinds: [String: Kind]
  }

  /// Runs one `homeroom sync` from its start to its end.
  func sync() throws -> Measurement {
    let (serverBefore, began) = (ProcessTable.cpuSeconds(of: simulator.processID), ContinuousClock.now)
    let host = try ChildProcess(
      Self.tools + "/homeroom", ["sync", "bench", "--json", "--config", folder.path + "/homeroom.json5"])
    var hostPeak: Int64 = 0
    var workers: [Int32: Int64] = [:]
    var output: String?
    // Peaks only grow, so they are looked at all the while. (What wait4(2) tells of memory is the greatest of a process, of
    // its children, and of whoever started it, up to execve.)
    while output == nil, !host.atEnd {
      output = host.readLine(timeoutMilliseconds: 20)
      hostPeak = ProcessTable.peakBytes(of: host.processID) ?? hostPeak
      for worker in ProcessTable.children(of: host.processID) {
        workers[worker] = ProcessTable.peakBytes(of: worker) ?? workers[worker]
      }
    }
    let ending = host.wait()
    let wall = (ContinuousClock.now - began) / .seconds(1)
    guard ending == .exited(0), let usage = host.usage,
      let report = try? JSONDecoder().decode(Report.self, from: Data((output ?? "").utf8)), report.state == "published"
    else { throw Failure(description: "the sync ended with \(ending) and said: \((output ?? "").prefix(500))") }
    return Measurement(
      records: report.kinds.values.reduce(0) { $0 + $1.received }, pages: report.pages,
      userSeconds: usage.userSeconds, systemSeconds: usage.systemSeconds, wallSeconds: wall,
      hostPeakBytes: hostPeak, workerPeakBytes: workers.values.max() ?? 0, serverLoad: (ProcessTable.cpuSeconds(of: simulator.processID) - serverBefore) / max(wall, 0.001))
  }
}
