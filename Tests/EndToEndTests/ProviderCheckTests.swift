import Foundation
import TestSupport
import Testing

/// Our own providers pass what vendors' providers have to pass, on recordings of the simulator.
@Suite struct ProviderCheckTests {
  private func check(_ provider: String, _ arguments: [String]) throws -> ToolRun {
    try ToolProcess.run(
      BuiltTool.providerCheck,
      [BuiltTool.provider(provider).path, "--iterations", "40", "--strict"] + arguments)
  }

  @Test func `the PowerSchool provider passes every check`() throws {
    let simulator = try Simulator(district: ["--students", "12"], options: DistrictHost.simulatorCredentials)
    let host = try DistrictHost(baseURL: simulator.url)
    #expect(try host.sync("--full", "--record", "plain").state == "published")
    let run = try check("powerschool", ["--replay", host.folder.file("plain").path])
    #expect(run.status == 0, "\(run.text)\(run.errors)")
    #expect(run.text.contains("0 failed, 0 not run."))
  }

  @Test func `the CSV provider passes every check on a recording with pseudonyms`() throws {
    let simulator = try Simulator("csv", district: ["--students", "12"])
    let host = try DistrictHost(baseURL: simulator.url, provider: "csv-roster", auth: #"{ scheme: "none" }"#)
    #expect(try host.sync("--full", "--record", "recordings/redacted", "--redact").state == "published")
    let run = try check("csv_roster", ["--recordings", host.folder.file("recordings").path])
    #expect(run.status == 0, "\(run.text)\(run.errors)")
    #expect(run.text.contains("0 failed, 0 not run."))
  }

  /// What a refusal says is not for the provider to read, so it may be cut anywhere.
  @Test func `the body of a resource to which there is no right may be cut`() throws {
    let simulator = try Simulator(
      district: ["--students", "12", "--quirk", "PS-Q22=staff"], options: DistrictHost.simulatorCredentials)
    let host = try DistrictHost(baseURL: simulator.url)
    #expect(try host.sync("--record", "forbidden").state == "published")
    let run = try check(
      "powerschool", ["--replay", host.folder.file("forbidden").path, "--only", "cut-body"])
    #expect(run.status == 0, "\(run.text)\(run.errors)")
  }

  /// A bug report: a run that failed is replayed to the same failure, and is checked up to there.
  @Test func `a recording of a run that failed is checked as far as it goes`() throws {
    let simulator = try Simulator(
      district: ["--students", "12"],
      options: DistrictHost.simulatorCredentials + ["--fault", "404@1x9999:section_enrollment"])
    let host = try DistrictHost(baseURL: simulator.url)
    #expect(try host.sync("--record", "failed").errorCode == "not-found")
    #expect(try host.sync("--replay", "failed").errorCode == "not-found")
    let some = ["contract", "replay-twice", "resume", "response-order", "refusing-sink", "fuzz"].flatMap {
      ["--only", $0]
    }
    let run = try check("powerschool", ["--replay", host.folder.file("failed").path] + some)
    #expect(run.status == 0, "\(run.text)\(run.errors)")
    #expect(run.text.contains("6 passed, 0 failed, 0 not run."))
  }
}
