import Foundation
import ProviderRuntime
import TestSupport
import Testing

/// The worked example in Swift on the small API: full reads, deltas, options.
@Suite struct SwiftExampleTests {
  private static let district = ["--students", "150", "--seed", "9", "--schools", "3"]

  private func host(_ url: String, options: String = "{}") throws -> DistrictHost {
    try DistrictHost(
      baseURL: url, provider: "small-api-swift", auth: #"{ scheme: "none" }"#, extra: "options: \(options),",
      library: try BuiltExample.inSwift())
  }

  private func simulator(day: Int) throws -> Simulator {
    try Simulator("small-api", district: Self.district + ["--day", "\(day)", "--change", "4"])
  }

  /// Goes on to another day of the same district.
  private func move(_ host: DistrictHost, from old: Simulator, to day: Int) throws -> Simulator {
    let new = try simulator(day: day)
    try host.rebase(from: old.url, to: new.url)
    return new
  }

  @Test func `it passes the check, exports its entry alone, and needs no Swift of its host`() throws {
    let file = try BuiltExample.inSwift()
    #expect(try ToolProcess.run(BuiltTool.homeroom, ["providers", "check", file.path]).status == 0)
    let inspection = try ProviderLibrary.inspect(file.path, trust: .notConfigured)
    #expect(inspection.exports == ["sis_plugin_entry_v1"])
    #expect(
      !inspection.needed.contains { $0.contains("swift") || $0.contains("Foundation") },
      "\(inspection.needed)")
    // No path of the machine that built it.
    let bytes = try Data(contentsOf: file)
    if let toolchain = SwiftRuntime.libraries?.path {
      #expect(
        bytes.range(of: Data((":" + toolchain).utf8)) == nil
          && bytes.range(of: Data((toolchain + "\0").utf8)) == nil)
    }
  }

  @Test func `a full read brings the truth of its source, and sets aside what names nobody`() throws {
    let simulator = try simulator(day: 0)
    let host = try host(simulator.url)
    let report = try host.sync()
    #expect(report.state == "published", "\(report.errorMessage)")
    #expect(report.total("rejected") > 0)
    #expect(try host.export() == simulator.truth())
  }

  @Test func `deltas bring later days with a few records each, removals too, and equal the truth`() throws {
    var simulator = try simulator(day: 0)
    let host = try host(simulator.url)
    #expect(try host.sync().state == "published")
    var removed = 0
    for day in [1, 2, 6] {
      simulator = try move(host, from: simulator, to: day)
      let report = try host.sync()
      #expect(report.state == "published", "\(report.errorMessage)")
      #expect(report.total("received") < 300 && report.changes > 0, "\(report.members)")
      removed += report.total("removed")
      #expect(try host.export() == simulator.truth())
    }
    #expect(removed > 0)
    let nothing = try host.sync()
    #expect(nothing.state == "published" && nothing.total("received") == 0)
    #expect(try host.export() == simulator.truth())
  }

  @Test func `a delta that failed at a page is taken up there and ends equal to the truth`() throws {
    let simulator = try simulator(day: 0)
    let host = try host(simulator.url)
    #expect(try host.sync().state == "published")
    let later = try Simulator(
      "small-api", district: Self.district + ["--day", "5", "--change", "4"],
      options: ["--fault", "404@4:updatedSince=2025-10-10"])
    try host.rebase(from: simulator.url, to: later.url)
    #expect(try host.sync().errorCode == "not-found")
    let report = try host.sync()
    #expect(report.state == "published" && report.isResumed, "\(report.errorMessage)")
    #expect(try host.export() == later.truth())
  }

  /// The lines of an export that are of one school, its people and groups included.
  private func lines(_ text: String, ofSchool id: Int) -> [Substring] {
    text.split(separator: "\n").filter {
      $0.contains("\"school\":\"\(id)\"") || $0.contains("\"primaryOrg\":\"\(id)\"")
        || $0.hasPrefix("{\"kind\":\"org\",\"sourcedId\":\"\(id)\"")
    }
  }

  @Test func `of chosen schools only those are read, and a delta follows who moves between them`() throws {
    var simulator = try simulator(day: 0)
    let host = try host(simulator.url, options: #"{ schools: ["4"] }"#)
    #expect(try host.sync().state == "published")
    #expect(try host.export().split(separator: "\n") == lines(simulator.truth(), ofSchool: 4))
    simulator = try move(host, from: simulator, to: 12)
    let delta = try host.sync()
    #expect(delta.state == "published" && delta.total("received") < 250, "\(delta.errorMessage)")
    #expect(try host.export().split(separator: "\n") == lines(simulator.truth(), ofSchool: 4))
  }

  @Test func `a bookmark of other schools is given up for a full read`() throws {
    let simulator = try simulator(day: 0)
    let host = try host(simulator.url, options: #"{ schools: ["4"] }"#)
    #expect(try host.sync().state == "published")
    try host.rebase(from: #"schools: ["4"]"#, to: "schools: []")
    let report = try host.sync()
    #expect(report.state == "published", "\(report.errorMessage)")
    #expect(try host.export() == simulator.truth())
  }

  @Test func `a school that is not there is a mistake of the config`() throws {
    let simulator = try simulator(day: 0)
    for (options, words) in [(#"{ schools: ["77"] }"#, "77"), (#"{ schools: ["4&x=1"] }"#, "/schools")] {
      let report = try host(simulator.url, options: options).sync()
      #expect(report.run.status == 1 && report.errorCode == "provider-config", "\(report.errorMessage)")
      #expect(report.errorMessage.contains(words))
    }
  }

  @Test func `a bookmark that the server has forgotten leads to a full read by itself`() throws {
    var simulator = try simulator(day: 0)
    let host = try host(simulator.url)
    #expect(try host.sync().state == "published")
    simulator = try move(host, from: simulator, to: 45)
    let report = try host.sync("--accept")
    #expect(report.state == "published", "\(report.errorMessage)")
    #expect(try host.export() == simulator.truth())
    #expect(try host.run("runs", "list").text.contains("interrupted"), "the run that learned of it")
  }
}
