import Foundation
import TestSupport
import Glibc
import Testing

@Suite struct KillTests {
  /// Killed while the request of this number was being answered, counted over the whole run.
  @Test(arguments: [2, 5, 9, 14, 22, 35])
  func `killed at any page, the next sync goes on and ends equal to the truth`(_ request: Int) throws {
    let simulator = try Simulator(
      district: ["--students", "200", "--seed", "7"],
      options: DistrictHost.simulatorCredentials + ["--page-size", "students=20"],
      log: .init(fileURLWithPath: "/dev/stderr"))
    let host = try DistrictHost(baseURL: simulator.url)
    let first = try host.start("sync", "oak-district", "--json")
    for _ in 0..<request { #expect(simulator.nextRequest() != nil) }
    first.send(SIGKILL)
    #expect(first.wait().signal == SIGKILL)
    // What was stored by then is gone on from, and there is something as soon as there is a page.
    let shown = try JSONSerialization.jsonObject(with: host.run("runs", "show", "1", "--json").output) as? [String: Any]
    let pages = try #require(shown?["pages"] as? Int)
    let second = try host.sync()
    #expect(second.state == "published")
    #expect(second.isResumed == (pages > 0))
    #expect(try host.export() == simulator.truth())
    #expect(try host.sync().changes == 0)
  }

  @Test func `a stop by a signal keeps what was read and says how to go on`() throws {
    let simulator = try Simulator(
      options: DistrictHost.simulatorCredentials + ["--latency", "20"], log: .init(fileURLWithPath: "/dev/stderr"))
    let host = try DistrictHost(baseURL: simulator.url)
    let first = try host.start("sync", "oak-district")
    for _ in 0..<8 { #expect(simulator.nextRequest() != nil) }
    first.send(SIGTERM)
    let run = first.wait()
    #expect(run.status != 0 && run.signal == nil)
    #expect(run.errors.contains("was stopped") && run.errors.contains("homeroom sync oak-district goes on"))
    let second = try host.sync()
    #expect(second.state == "published" && second.isResumed)
    #expect(try host.export() == simulator.truth())
  }
}
