import Foundation
import ProviderRuntime
import TestSupport
import Testing

/// The worked example in C99 on the small API.
@Suite struct CExampleTests {
  private static let district = ["--students", "150", "--seed", "4"]

  private func host(_ url: String, auth: String = #"{ scheme: "none" }"#, extra: String = "") throws
    -> DistrictHost
  {
    try DistrictHost(
      baseURL: url, provider: "small-api-c", auth: auth, extra: extra, library: try BuiltExample.inC())
  }

  @Test func `one command of any C compiler builds it, and it passes the check and exports its entry alone`()
    throws
  {
    let file = try BuiltExample.inC()
    #expect(try ToolProcess.run(BuiltTool.homeroom, ["providers", "check", file.path]).status == 0)
    #expect(try ProviderLibrary.inspect(file.path, trust: .notConfigured).exports == ["sis_plugin_entry_v1"])
    let folder = try TemporaryFolder()
    for compiler in try CCompiler.all(.c) {
      let output = folder.file("small.so").path
      try compiler.compile([
        "-shared", "-fPIC", "-fvisibility=hidden", "-o", output,
        Repository.file("plugin-sdk/examples/c/small_api.c").path,
      ])
      #expect(
        try ToolProcess.run(BuiltTool.homeroom, ["providers", "check", output]).status == 0, "\(compiler)")
    }
  }

  @Test
  func `it brings the truth of its source, sets aside what names nobody, and a second time changes nothing`()
    throws
  {
    let simulator = try Simulator("small-api", district: Self.district)
    let host = try host(simulator.url)
    let first = try host.sync()
    #expect(first.state == "published", "\(first.errorMessage)")
    #expect(try host.export() == simulator.truth())
    #expect(first.total("rejected") > 0)
    #expect(try host.run("runs", "show", "1").text.contains("the membership names no person"))
    let second = try host.sync()
    #expect(second.changes == 0 && second.total("unchanged") == first.total("inserted"))
  }

  @Test(arguments: [1, 7, 500, 100_000])
  func `whatever size of page the district wishes for, it is the same roster`(_ size: Int) throws {
    let simulator = try Simulator("small-api", district: ["--students", "25", "--schools", "1"])
    let host = try host(simulator.url, extra: "pageSize: \(size),")
    #expect(try host.sync().state == "published")
    #expect(try host.export() == simulator.truth())
  }

  @Test(arguments: [2, 5, 9])
  func `killed at any page, the next sync ends equal to the truth`(_ request: Int) throws {
    let simulator = try Simulator(
      "small-api", district: Self.district, log: URL(fileURLWithPath: "/dev/stderr"))
    let host = try host(simulator.url, extra: "pageSize: 120,")
    let first = try host.start("sync", "oak-district", "--json")
    for _ in 0..<request { #expect(simulator.nextRequest() != nil) }
    first.send(SIGKILL)
    #expect(first.wait().signal == SIGKILL)
    #expect(try host.sync().state == "published")
    #expect(try host.export() == simulator.truth())
    #expect(try host.sync().changes == 0)
  }

  /// In the end with pages of another size: then the list that was read is read anew.
  @Test(arguments: [(2, 120), (5, 120), (9, 50)])
  func `a run that failed at a page is taken up there and ends equal to the truth`(
    _ request: Int, _ size: Int
  ) throws {
    let simulator = try Simulator(
      "small-api", district: Self.district, options: ["--fault", "404@\(request)"])
    let host = try host(simulator.url, extra: "pageSize: 120,")
    #expect(try host.sync().errorCode == "not-found")
    try host.rebase(from: "pageSize: 120", to: "pageSize: \(size)")
    let second = try host.sync()
    #expect(second.state == "published" && second.isResumed, "\(second.errorMessage)")
    #expect(try host.export() == simulator.truth())
  }

  @Test(arguments: ["half-json@4", "empty200@2", "cut-gzip@5", "html@3", "401@3"])
  func `a failure that passes leaves no trace`(_ fault: String) throws {
    let simulator = try Simulator(
      "small-api", district: Self.district, options: ["--token", DistrictHost.secret, "--fault", fault])
    let host = try host(simulator.url, auth: #"{ scheme: "static-bearer", token: "file:secret" }"#)
    let report = try host.sync()
    #expect(report.state == "published", "\(report.errorMessage)")
    #expect(try host.export() == simulator.truth())
  }

  @Test func `without the option the bus routes stay away, and nothing else`() throws {
    let simulator = try Simulator("small-api", district: Self.district)
    let host = try host(simulator.url, extra: "options: { busRoutes: false },")
    #expect(try host.sync().state == "published")
    let due = try simulator.truth().replacing(/"ext":{"busRoute":\["B\d+"\]},/, with: "")
    #expect(try host.export() == due)
  }

  @Test func `an answer that is no list, and a list that lacks elements, remove nobody`() throws {
    let files = try TemporaryFolder()
    let all = #"{"items":[{"id":1,"name":"Elm"},{"id":2,"name":"Oak"}],"total":2}"#
    let empty = #"{"items":[],"total":0}"#
    for list in ["people", "groups", "memberships"] { try files.write("v1/\(list)", empty) }
    try files.write("v1/schools", all)
    let server = try Simulator("files", district: [files.url.path])
    let host = try host(server.url)
    #expect(try host.sync().state == "published")
    let before = try host.export()
    #expect(before.split(separator: "\n").count == 2)
    // The server knows of two schools and shows one.
    try files.write("v1/schools", #"{"items":[{"id":1,"name":"Elm"}],"total":2}"#)
    let partial = try host.run("sync", "oak-district")
    #expect(partial.status == 0 && partial.text.contains("warning: a list changed while it was read"))
    #expect(try host.export() == before)
    for answer in [#"{"message":"try later"}"#, #"{"items":[]}"#] {
      try files.write("v1/schools", answer)
      let failed = try host.sync()
      #expect(
        failed.state == "failed" && failed.errorMessage.contains("GET /v1/schools"), "\(failed.errorMessage)")
      #expect(try host.export() == before)
    }
  }
}
