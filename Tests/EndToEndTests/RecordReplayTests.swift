import Foundation
import TestSupport
import Testing

/// A sync that is recorded, and run again from its folder without the SIS, the secret or the network.
@Suite struct RecordReplayTests {
  private static let small = ["--students", "20"]

  /// PowerSchool's districts are read with several requests under way, the CSV files one after another.
  private func districts(_ provider: String, options: [String] = []) throws -> (Simulator, DistrictHost) {
    if provider == "csv-roster" {
      let simulator = try Simulator("csv", district: Self.small, options: ["--token", Self.token] + options)
      try #require(!simulator.url.isEmpty)
      return (
        simulator,
        try DistrictHost(
          baseURL: simulator.url, provider: provider,
          auth: #"{ scheme: "static-bearer", token: "file:secret" }"#)
      )
    }
    let simulator = try Simulator(district: Self.small, options: DistrictHost.simulatorCredentials + options)
    return (simulator, try DistrictHost(baseURL: simulator.url))
  }

  private static let token = DistrictHost.secret

  private func files(_ folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      if let data = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) {
        files[name] = data
      }
    }
    return files
  }

  @Test(arguments: ["powerschool", "csv-roster"])
  func `a replay brings the roster of the recorded sync, byte for byte, and needs nothing but the folder`(
    _ provider: String
  ) throws {
    let host: DistrictHost
    let truth: String
    do {
      let (simulator, district) = try districts(provider)
      host = district
      #expect(try host.sync("--record", "recording").state == "published")
      truth = try host.export()
      #expect(try truth == simulator.truth())
    }
    // The simulator is gone, and so is the secret.
    try FileManager.default.removeItem(at: host.folder.file("secret"))
    let database = try Data(contentsOf: host.database)
    let replay = try host.sync("--replay", "recording", "--database", "replay.db")
    #expect(replay.state == "published", "\(replay.run.errors)")
    #expect(replay.total("inserted") == truth.split(separator: "\n").count)
    #expect(try host.run("export", "--database", "replay.db").text == truth)
    #expect(try host.sync("--replay", "recording").state == "published")
    #expect(try Data(contentsOf: host.database) == database, "a replay leaves the roster alone")
    let secrets = [
      DistrictHost.secret, Data("homeroom:\(DistrictHost.secret)".utf8).base64EncodedString(), "earer ",
    ]
    for (name, data) in try files(host.folder.file("recording")) {
      for secret in secrets { #expect(data.range(of: Data(secret.utf8)) == nil, "\(name) holds \(secret)") }
      #expect(data.range(of: Data("access_token".utf8)) == nil, "\(name)")
    }
  }

  @Test(arguments: ["429@4", "401@6", "cut-body@7", "half-json@8"])
  func `a failure that passed is recorded and passes again`(_ fault: String) throws {
    let host: DistrictHost
    let recorded: SyncSummary
    do {
      let (simulator, district) = try districts(
        "powerschool", options: ["--fault", fault, "--retry-after", "1"])
      host = district
      recorded = try host.sync("--record", "recording")
      #expect(try host.export() == simulator.truth())
    }
    let retries = try #require(recorded.members["retries"] as? Int)
    #expect(retries >= 1)
    let replay = try host.sync("--replay", "recording", "--database", "replay.db")
    #expect(replay.state == "published", "\(replay.run.errors)")
    #expect(replay.members["retries"] as? Int == retries)
    #expect(replay.members["requests"] as? Int == recorded.members["requests"] as? Int)
    #expect(try host.run("export", "--database", "replay.db").text == host.export())
  }

  @Test func `a sync that goes on from a cursor is recorded and replayed from there`() throws {
    let (simulator, host) = try districts("powerschool", options: ["--fault", "404@1:section_enrollment"])
    #expect(try host.sync().errorCode == "not-found")
    let resumed = try withExtendedLifetime(simulator) { try host.sync("--record", "recording") }
    #expect(resumed.state == "published" && resumed.isResumed)
    let header = try String(contentsOf: host.folder.file("recording/recording.json"), encoding: .utf8)
    #expect(header.contains(/"cursor":{"version":[0-9]+,"base64":"[^"]+"}/))
    let replay = try host.sync("--replay", "recording", "--database", "replay.db")
    #expect(replay.state == "published", "\(replay.run.errors)")
    #expect(replay.members["requests"] as? Int == resumed.members["requests"] as? Int)
    // Only what came after the cursor: the rest was stored before.
    let all = try Set(host.export().split(separator: "\n"))
    let rest = try host.run("export", "--database", "replay.db").text.split(separator: "\n")
    #expect(!rest.isEmpty && rest.count < all.count && all.isSuperset(of: rest))
  }

  @Test func `a request that was not recorded fails the replay with the nearest one`() throws {
    let (simulator, host) = try districts("powerschool")
    let recorded = try withExtendedLifetime(simulator) { try host.sync("--record", "recording") }
    #expect(recorded.state == "published")
    let file = host.folder.file("recording/exchanges.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8)
    try lines.replacing("/school/4/term?", with: "/school/4/terms?").write(
      to: file, atomically: true, encoding: .utf8)
    let replay = try host.sync("--replay", "recording")
    #expect(replay.run.status == 1 && replay.errorCode == "replay-unknown-request")
    let message = replay.errorMessage
    #expect(message.contains("no answer to GET /ws/v1/school/4/term?page=1&pagesize=100"), "\(message)")
    #expect(message.contains("the nearest is GET /ws/v1/school/4/terms?page=1&pagesize=100"), "\(message)")
  }

  @Test(arguments: [
    ["--redact"], ["--redact-key", "k"], ["--database", "x.db"], ["--record", "r", "--redact"],
    ["--record", "r", "--redact-key", "k"], ["--replay", "r", "--record", "s"], ["--replay", "r", "--full"],
  ])
  func `options that do not go together are a usage error, and make nothing`(_ options: [String]) throws {
    let host = try DistrictHost(baseURL: "http://127.0.0.1:9")
    let run = try ToolProcess.run(BuiltTool.homeroom, ["sync"] + options, in: host.folder.url)
    #expect(run.status == 2, "\(run.errors)")
    #expect(run.errors.contains("next: "))
    #expect(!FileManager.default.fileExists(atPath: host.folder.file("r").path))
    #expect(!FileManager.default.fileExists(atPath: host.folder.file("k").path))
  }

  @Test func `a replay into the roster's own database is refused`() throws {
    let (simulator, host) = try districts("csv-roster")
    let recorded = try withExtendedLifetime(simulator) { try host.sync("--record", "recording") }
    #expect(recorded.state == "published")
    let run = try host.run("sync", "oak-district", "--replay", "recording", "--database", "./roster.db")
    #expect(run.status == 1 && run.errors.contains("a replay would change"))
  }

  @Test func `a sync that is not begun leaves no recording`() throws {
    let host = try DistrictHost(baseURL: "http://127.0.0.1:9")
    try FileManager.default.removeItem(at: host.folder.file("secret"))
    #expect(try host.run("sync", "--record", "recording").status == 1)
    #expect(!FileManager.default.fileExists(atPath: host.folder.file("recording").path))
  }
}
