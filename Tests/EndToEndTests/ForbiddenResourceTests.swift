import Foundation
import TestSupport
import Testing

/// A plugin without the right to one resource reads the rest, says so, and removes nothing of what it cannot see (PS-Q22).
@Suite struct ForbiddenResourceTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var resource: String
    /// What its path ends with.
    var path: String
    /// The kinds that cannot be read whole without it.
    var kinds: Set<String>
    var testDescription: String { resource }
  }

  private static let rows = [
    Row(resource: "term", path: "/term", kinds: ["academicSession"]),
    Row(resource: "course", path: "/course", kinds: ["course"]),
    Row(resource: "staff", path: "/staff", kinds: ["user", "enrollment"]),
    Row(resource: "student", path: "/student", kinds: ["user", "demographics"]),
    Row(resource: "section", path: "/section", kinds: ["class", "enrollment"]),
    Row(resource: "section_enrollment", path: "/section_enrollment", kinds: ["enrollment"]),
  ]

  private func lines(_ export: String) -> [String] { export.split(separator: "\n").map(String.init) }
  /// The kind and the id of an export line.
  private func key(_ line: String) -> String { line.split(separator: ",").prefix(2).joined(separator: ",") }
  private func kind(_ line: String) -> String { String(line.split(separator: "\"")[3]) }

  @Test(arguments: rows) func `the rest is read, and it is said which right lacks`(_ row: Row) throws {
    let quirk = ["--quirk", "PS-Q22=\(row.resource)"]
    let simulator = try Simulator(
      district: ["--students", "40"], options: DistrictHost.simulatorCredentials + quirk)
    let host = try DistrictHost(baseURL: simulator.url)
    let run = try host.run("sync", "oak-district")
    #expect(run.status == 0 && run.text.contains("published"), "\(run.text)\(run.errors)")
    #expect(try host.export() == simulator.truth(quirk))
    let warnings = lines(run.text).filter { $0.hasPrefix("warning: ") }
    #expect(
      warnings.contains {
        $0.contains(row.path) && $0.contains("status 403") && $0.contains("no right to it")
      })
  }

  @Test(arguments: rows) func `what lived is not removed, and what can be read goes on`(_ row: Row) throws {
    let before = try Simulator(district: ["--students", "60"], options: DistrictHost.simulatorCredentials)
    let host = try DistrictHost(baseURL: before.url)
    #expect(try host.sync().state == "published")
    let live = try lines(host.export())
    let day = ["--students", "60", "--day", "1", "--change", "30"]
    let after = try Simulator(
      district: day, options: DistrictHost.simulatorCredentials + ["--quirk", "PS-Q22=\(row.resource)"])
    try host.rebase(from: before.url, to: after.url)
    let report = try host.sync("--accept")
    #expect(report.state == "published" && report.run.status == 0, "\(report.errorMessage)")
    let now = try lines(host.export())
    let keys = Set(now.map(key))
    for line in live where row.kinds.contains(kind(line)) { #expect(keys.contains(key(line)), "\(line)") }
    // Of the kinds that were read whole it is the truth of the day.
    let others = try lines(after.truth()).filter { !row.kinds.contains(kind($0)) }
    #expect(now.filter { !row.kinds.contains(kind($0)) } == others)
  }

  @Test func `without the right to schools nothing can be read, and nothing is touched`() throws {
    let before = try Simulator(district: ["--students", "40"], options: DistrictHost.simulatorCredentials)
    let host = try DistrictHost(baseURL: before.url)
    #expect(try host.sync().state == "published")
    let live = try host.export()
    let after = try Simulator(
      district: ["--students", "40"],
      options: DistrictHost.simulatorCredentials + ["--quirk", "PS-Q22=school"])
    try host.rebase(from: before.url, to: after.url)
    let report = try host.sync()
    #expect(report.run.status == 1 && report.state == "failed" && report.errorCode == "forbidden")
    #expect(report.errorMessage.contains("the plugin in PowerSchool has no right to read schools"))
    #expect(try host.export() == live)
  }

  @Test func `a resource that is forbidden is not asked for again and again`() throws {
    let folder = try TemporaryFolder()
    let simulator = try Simulator(
      district: ["--students", "200"],
      options: DistrictHost.simulatorCredentials + ["--quirk", "PS-Q22=section_enrollment"],
      log: folder.file("log"))
    let host = try DistrictHost(baseURL: simulator.url, extra: "maxInFlight: 1,")
    #expect(try host.sync().state == "published")
    let refused = try simulator.dataRequests().filter { $0.status == 403 }
    #expect(refused.count == 1, "\(refused.map(\.target))")
  }
}
