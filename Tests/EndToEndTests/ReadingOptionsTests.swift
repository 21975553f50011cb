import TestSupport
import Testing

@Suite struct ReadingOptionsTests {
  @Test(arguments: [1, 2, 8])
  func `however many requests are under way, the export is the same`(_ maxInFlight: Int) throws {
    let simulator = try Simulator(
      district: ["--students", "150"],
      options: DistrictHost.simulatorCredentials + ["--page-size", "student=20", "--latency", "2"])
    let host = try DistrictHost(baseURL: simulator.url, extra: "maxInFlight: \(maxInFlight),")
    #expect(try host.sync().state == "published")
    #expect(try host.export() == simulator.truth())
    #expect(try host.sync().changes == 0)
  }

  @Test func `several requests are under way at a time, and no more than are allowed`() throws {
    let folder = try TemporaryFolder()
    let simulator = try Simulator(
      district: ["--students", "150"], options: DistrictHost.simulatorCredentials + ["--latency", "20"],
      log: folder.file("log"))
    let host = try DistrictHost(baseURL: simulator.url, extra: "maxInFlight: 3,")
    #expect(try host.sync().state == "published")
    let most = try simulator.requests().map { try LoggedRequest($0).inFlight }.max()
    #expect(most == 3)
  }

  @Test func `the statuses that are asked for are those that are read`() throws {
    let simulator = try Simulator(district: ["--students", "60"], options: DistrictHost.simulatorCredentials)
    let host = try DistrictHost(baseURL: simulator.url, extra: #"options: { enrollStatuses: ["P"] },"#)
    #expect(try host.sync().state == "published")
    let students = try host.export().split(separator: "\n").filter { $0.contains(#""role":"student","org""#) }
    #expect(!students.isEmpty)
    #expect(students.allSatisfy { $0.contains(#""enrollStatus":"preRegistered""#) })
  }

  @Test func `a fixed token opens the files of a CSV roster`() throws {
    let simulator = try Simulator(
      "csv", district: ["--students", "60"], options: ["--token", DistrictHost.secret])
    let host = try DistrictHost(
      baseURL: simulator.url, provider: "csv-roster",
      auth: #"{ scheme: "static-bearer", token: "file:secret" }"#)
    #expect(try host.sync().state == "published")
    #expect(try host.export() == simulator.truth())
  }

  @Test func `a wrong fixed token is refused, and not shown`() throws {
    let simulator = try Simulator("csv", district: ["--students", "10"], options: ["--token", "another"])
    let host = try DistrictHost(
      baseURL: simulator.url, provider: "csv-roster",
      auth: #"{ scheme: "static-bearer", token: "file:secret" }"#)
    let report = try host.sync()
    #expect(report.run.status == 1 && report.errorCode == "credential-refused")
    #expect(!(report.run.text + report.run.errors).contains(DistrictHost.secret))
  }
}
