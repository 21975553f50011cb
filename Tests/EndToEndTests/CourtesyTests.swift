import Foundation
import TestSupport
import Testing

/// Never above the set rate, never before a Retry-After ends: seen from the server's own log.
@Suite struct CourtesyTests {
  private static let district = ["--students", "3", "--schools", "1", "--enrollments-per-student", "1"]

  @Test func `requests start no faster than the rate that is set`() throws {
    let folder = try TemporaryFolder()
    let simulator = try Simulator(
      district: Self.district, options: DistrictHost.simulatorCredentials, log: folder.file("log"))
    let host = try DistrictHost(baseURL: simulator.url, extra: "maxInFlight: 1,")
    try host.rebase(from: "perMinute: 600000, burst: 1000", to: "perMinute: 600, burst: 1")
    #expect(try host.sync().state == "published")
    #expect(try host.export() == simulator.truth())
    let times = try simulator.dataRequests().map(\.arrivedAt)
    try #require(times.count >= 8)
    // One every 100 ms. They follow one another, so that only the first of a span can have been late on its way.
    for first in times.indices {
      for last in times.indices where last > first {
        #expect(times[last] - times[first] > Double(last - first - 1) * 0.1 - 0.002, "\(first)...\(last)")
      }
    }
  }

  @Test func `two starts are never closer than the least interval, also where a burst is allowed`() throws {
    let folder = try TemporaryFolder()
    let simulator = try Simulator(
      district: Self.district, options: DistrictHost.simulatorCredentials, log: folder.file("log"))
    let host = try DistrictHost(baseURL: simulator.url, extra: "maxInFlight: 1,")
    try host.rebase(from: "burst: 1000", to: "burst: 1000, minIntervalMilliseconds: 80")
    #expect(try host.sync().state == "published")
    let times = try simulator.dataRequests().map(\.arrivedAt)
    try #require(times.count >= 8)
    for (first, last) in zip(times, times.dropFirst(4)) { #expect(last - first > 3 * 0.08 - 0.002) }
  }

  struct Throttle: CustomTestStringConvertible, Sendable {
    var status: Int
    var maxInFlight: Int
    var testDescription: String { "status \(status), \(maxInFlight) in flight" }
  }

  @Test(
    arguments: [429, 503, 403].flatMap { status in [1, 4].map { Throttle(status: status, maxInFlight: $0) } })
  func `no request is made inside a Retry-After`(_ row: Throttle) throws {
    let folder = try TemporaryFolder()
    let quirk = row.status == 429 ? "no-PS-Q23" : "PS-Q23=\(row.status)"
    let simulator = try Simulator(
      district: Self.district,
      options: DistrictHost.simulatorCredentials + [
        "--quirk", quirk, "--rate-limit", "6", "--rate-window", "1",
      ],
      log: folder.file("log"))
    let host = try DistrictHost(baseURL: simulator.url, extra: "maxInFlight: \(row.maxInFlight),")
    let report = try host.sync()
    #expect(report.state == "published", "\(report.errorMessage)")
    #expect(try host.export() == simulator.truth())
    let requests = try simulator.dataRequests()
    let throttled = requests.filter { $0.status == row.status }
    try #require(!throttled.isEmpty)
    for refusal in throttled {
      // Counted from its arrival, which is a little before the client can know of it. Those that were on their
      // way then may follow it; nobody sets out afterwards.
      let within = requests.filter {
        $0.arrivedAt > refusal.arrivedAt && $0.arrivedAt < refusal.arrivedAt + 0.998
      }
      #expect(within.count < row.maxInFlight, "\(within)")
    }
  }
}
