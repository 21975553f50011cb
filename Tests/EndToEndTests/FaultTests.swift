import TestSupport
import Testing

@Suite struct FaultTests {
  /// Failures that pass: the sync is as if nothing had been.
  @Test(arguments: ["500@5", "429@4", "401@6", "reset@7", "cut-body@8", "cut-gzip@6", "html@9", "503@3x2"])
  func `a failure that passes leaves no trace`(_ fault: String) throws {
    let simulator = try Simulator(
      district: ["--students", "120"], options: DistrictHost.simulatorCredentials + ["--fault", fault])
    let host = try DistrictHost(baseURL: simulator.url)
    let report = try host.sync()
    #expect(report.state == "published", "\(report.errorMessage)")
    #expect(try host.export() == simulator.truth())
  }

  struct Permanent: CustomTestStringConvertible {
    var fault: String
    var code: String
    var words: [String]
    var testDescription: String { fault }
  }

  /// Failures that stay, from the tenth request on: one sentence, a non-zero exit, nothing of the roster touched.
  @Test(arguments: [
    Permanent(fault: "500@1x9999:section_enrollment", code: "parked", words: ["500", "section_enrollment"]),
    Permanent(fault: "401@1x9999:section_enrollment", code: "credential-refused", words: ["401"]),
    Permanent(fault: "404@1x9999:section_enrollment", code: "not-found", words: ["404", "section_enrollment"]),
    Permanent(fault: "html@1x9999:section_enrollment", code: "html-answer", words: ["HTML", "section_enrollment"]),
    Permanent(fault: "cut-gzip@1x9999:section_enrollment", code: "parked", words: ["section_enrollment"]),
    Permanent(fault: "half-json@1x9999:section_enrollment", code: "bad-answer", words: ["section_enrollment"]),
  ])
  func `a failure that stays ends the run and touches nothing`(_ row: Permanent) throws {
    let simulator = try Simulator(district: ["--students", "60"], options: DistrictHost.simulatorCredentials)
    let host = try DistrictHost(baseURL: simulator.url)
    #expect(try host.sync().state == "published")
    let before = try host.export()
    let broken = try Simulator(
      district: ["--students", "60", "--day", "1"],
      options: DistrictHost.simulatorCredentials + ["--fault", row.fault])
    try host.rebase(from: simulator.url, to: broken.url)
    let report = try host.sync()
    #expect(report.run.status == 1)
    #expect(report.state == "failed")
    #expect(report.errorCode == row.code, "\(report.errorMessage)")
    for word in row.words { #expect(report.errorMessage.contains(word), "\(report.errorMessage)") }
    #expect(try host.export() == before)
  }

  @Test func `a server that is down is named with what to do`() throws {
    let host = try DistrictHost(baseURL: "http://127.0.0.1:9")
    let report = try host.sync()
    #expect(report.run.status == 1)
    #expect(report.errorMessage.contains("127.0.0.1:9"))
  }

  @Test func `a wrong client secret is said to be refused`() throws {
    let simulator = try Simulator(options: ["--client-id", "homeroom", "--client-secret", "another"])
    let host = try DistrictHost(baseURL: simulator.url)
    let report = try host.sync()
    #expect(report.run.status == 1 && report.errorCode == "token-refused")
    #expect(!(report.run.text + report.run.errors).contains(DistrictHost.secret))
  }
}
