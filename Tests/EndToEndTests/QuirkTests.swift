import Foundation
import TestSupport
import Testing

/// What a PowerSchool server does that a reader may stumble over, on and off: the export is the truth, byte for byte.
@Suite struct QuirkTests {
  private static let district = ["--students", "40"]

  /// Syncs a district that is served with these options, and compares.
  private func expectTruth(_ options: [String], quirks: [String], extra: String = "") throws {
    let simulator = try Simulator(
      district: Self.district, options: DistrictHost.simulatorCredentials + options + quirks)
    let host = try DistrictHost(baseURL: simulator.url, extra: extra)
    let report = try host.sync()
    #expect(report.state == "published" && report.run.status == 0, "\(report.errorMessage)")
    #expect(report.total("rejected") == 0)
    #expect(try host.export() == simulator.truth(quirks))
  }

  @Test(
    arguments: [
      "PS-Q01", "PS-Q02", "PS-Q03", "PS-Q04", "PS-Q06", "PS-Q13", "PS-Q14", "PS-Q20", "PS-Q23", "PS-Q24",
      "PS-Q30",
    ].flatMap { [$0, "no-\($0)"] } + ["nice", "nasty"])
  func `the export is the truth with`(_ quirk: String) throws {
    try expectTruth([], quirks: ["--quirk", quirk])
  }

  @Test(arguments: ["PS-Q05", "no-PS-Q05"])
  func `a token that is refused in the middle is renewed with`(_ quirk: String) throws {
    try expectTruth(["--fault", "401@7", "--fault", "401@20"], quirks: ["--quirk", quirk])
  }

  @Test(arguments: [
    "bom@3x5", "chunked@3x5", "no-content-length@3x5", "slow@5", "half-json@6", "empty200@5", "cut-chunks@8",
    "wrong-content-length@9",
  ])
  func `however an answer comes, what is whole is read and what is not is asked for again`(_ fault: String)
    throws
  {
    try expectTruth(["--fault", fault, "--slow-ms", "100"], quirks: [])
  }

  @Test(arguments: ["PS-Q13", "no-PS-Q13"])
  func `pages are asked for as the server allows, whatever the district wishes, with`(_ quirk: String) throws
  {
    let sizes = "student=7,section=2,staff=3,course=4,term=2,school=2,section_enrollment=3"
    for wish in ["", "pageSize: 3,", "pageSize: 5000,"] {
      try expectTruth(["--page-size", sizes], quirks: ["--quirk", quirk], extra: wish)
    }
  }

  @Test(arguments: ["PS-Q01,PS-Q03", "no-PS-Q01,no-PS-Q03"])
  func `pages of one and pages of none are read with`(_ quirks: String) throws {
    let sizes = "student=1,section=1,staff=1,course=1,term=1,school=1,section_enrollment=1"
    let simulator = try Simulator(
      district: ["--students", "4", "--enrollments-per-student", "2"],
      options: DistrictHost.simulatorCredentials + ["--page-size", sizes, "--quirk", quirks])
    let host = try DistrictHost(baseURL: simulator.url)
    #expect(try host.sync().state == "published")
    #expect(try host.export() == simulator.truth(["--quirk", quirks]))
  }
}
