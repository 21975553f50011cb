import Foundation
import Glibc
import TestSupport
import Testing

/// The district changes while it is read: pages shift, and whoever slips from one to the one before is not seen.
@Suite struct MovingSourceTests {
  private func students(_ export: String) -> Set<String> {
    Set(
      export.split(separator: "\n").filter { $0.hasPrefix(#"{"kind":"user","sourcedId":"S"#) }
        .map { $0.split(separator: ",")[1] }.map(String.init))
  }

  @Test(arguments: [3, 5, 7, 9]) func `nobody who is there before and after is removed`(_ page: Int) throws {
    let district = ["--students", "150", "--seed", "9", "--change", "60"]
    let simulator = try Simulator(
      district: district,
      options: DistrictHost.simulatorCredentials + ["--page-size", "student=10", "--latency", "5"],
      log: .init(fileURLWithPath: "/dev/stderr"))
    let host = try DistrictHost(baseURL: simulator.url, extra: "maxInFlight: 1,")
    #expect(try host.sync().state == "published")
    while let line = simulator.nextRequest(), !line.contains("&page=16&") {}
    let sync = try host.start("sync", "oak-district", "--json", "--accept")
    while let line = simulator.nextRequest(),
      !line.contains("/ws/v1/district/student?") || !line.contains("&page=\(page)&")
    {}
    simulator.nextDay()
    let report = try SyncSummary(sync.wait())
    #expect(report.state == "published", "\(report.errorMessage)")
    let stayed = try students(simulator.truth()).intersection(students(simulator.truth(["--day", "1"])))
    let now = try students(host.export())
    #expect(stayed.count > 100 && stayed.subtracting(now).isEmpty, "\(stayed.subtracting(now))")
    // And the next quiet night brings the truth.
    #expect(try host.sync("--accept").state == "published")
    #expect(try host.export() == simulator.truth(["--day", "1"]))
  }
}
