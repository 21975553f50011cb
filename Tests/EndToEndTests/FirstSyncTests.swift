import TestSupport
import Testing

@Suite struct FirstSyncTests {
  @Test func `a first sync brings the truth and a second one changes nothing`() throws {
    let simulator = try Simulator(options: DistrictHost.simulatorCredentials)
    let host = try DistrictHost(baseURL: simulator.url)
    let first = try host.sync()
    #expect(first.run.status == 0 && first.state == "published")
    let truth = try simulator.truth()
    #expect(first.total("inserted") == truth.split(separator: "\n").count)
    #expect(try host.export() == truth)
    let second = try host.sync()
    #expect(second.state == "published")
    #expect(second.changes == 0)
    #expect(second.total("unchanged") == first.total("inserted"))
    #expect(try host.export() == truth)
  }

  @Test func `the provider in C99 brings the truth of its source too`() throws {
    let simulator = try Simulator("csv")
    let host = try DistrictHost(
      baseURL: simulator.url, provider: "csv-roster", auth: #"{ scheme: "none" }"#)
    let first = try host.sync()
    #expect(first.run.status == 0 && first.state == "published")
    #expect(try host.export() == simulator.truth())
    #expect(try host.sync().changes == 0)
  }

  @Test func `a later day of the district is brought as changes, not as a new district`() throws {
    let before = try Simulator(options: DistrictHost.simulatorCredentials)
    let host = try DistrictHost(baseURL: before.url)
    #expect(try host.sync().state == "published")
    let after = try Simulator(
      district: before.district + ["--day", "1"], options: DistrictHost.simulatorCredentials)
    try host.rebase(from: before.url, to: after.url)
    let second = try host.sync()
    #expect(second.state == "published")
    #expect(second.changes > 0 && second.total("unchanged") > second.changes)
    #expect(try host.export() == after.truth())
  }
}
