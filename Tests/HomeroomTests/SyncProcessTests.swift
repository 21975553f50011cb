import CommandLineKit
import Foundation
import TestSupport
import Testing

/// The built `homeroom` against the built simulator, as an operator runs them.
struct SyncProcessTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// A simulated district; every request is a line on its standard error.
  func simulator(students: Int) throws -> (process: ToolProcess, url: String) {
    let process = try ToolProcess(
      BuiltTool.simulator,
      [
        "powerschool", "--students", "\(students)", "--client-id", "c", "--client-secret", "s3", "--log",
        "/dev/stderr",
      ])
    let line = try #require(process.nextLine())
    return (process, String(line.dropFirst("listening on ".count)))
  }

  func configure(_ url: String, perMinute: Int, burst: Int) throws {
    try folder.write("secret", "s3", mode: 0o600)
    try folder.write(
      "homeroom.json5",
      """
      { database: 'r.db', providers: ['\(BuiltTool.folder.path)'], integrations: [{ id: 'oak',
        provider: 'powerschool', baseURL: '\(url)', rateLimit: { perMinute: \(perMinute), burst: \(burst) },
        auth: { scheme: 'oauth2-client-credentials', clientID: 'c', clientSecret: 'file:secret' } }] }
      """)
  }

  func homeroom(_ words: String...) throws -> ToolRun {
    try ToolProcess.run(BuiltTool.homeroom, words, in: folder.url)
  }

  func object(_ run: ToolRun) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
  }

  @Test(arguments: [(SIGINT, ExitCode.interrupted), (SIGTERM, .terminated)])
  func `a signal stores what was read, and the next sync goes on to the whole truth`(
    signal: Int32, code: ExitCode
  ) throws {
    let (simulator, url) = try simulator(students: 60)
    defer {
      simulator.send(SIGTERM)
      _ = simulator.wait()
    }
    // Eight at once, then one a second: the signal comes in the middle, whatever the machine does.
    try configure(url, perMinute: 60, burst: 8)
    let sync = try ToolProcess(BuiltTool.homeroom, ["sync", "oak"], in: folder.url)
    for _ in 0..<8 { #expect(simulator.nextErrorLine() != nil) }
    sync.send(signal)
    let stopped = sync.wait()
    #expect(stopped.signal == nil)
    #expect(stopped.status == code.rawValue)
    #expect(stopped.errors.contains("homeroom: Run 1 of oak was stopped; "))
    #expect(stopped.errors.contains("next: homeroom sync oak goes on from there.\n"))
    #expect(try homeroom("status").text.contains("waiting"))

    try configure(url, perMinute: 1_000_000, burst: 100)
    let resumed = try object(homeroom("sync", "oak", "--json"))
    #expect(resumed["state"] as? String == "published")
    #expect(resumed["resumed"] as? Bool == true)
    #expect(resumed["run"] as? Int == 1)
    let truth = try ToolProcess.run(BuiltTool.simulator, ["truth", "powerschool", "--students", "60"])
    #expect(try homeroom("export").output == truth.output)
    #expect(try homeroom("export", "--output", "roster.jsonl").status == 0)
    #expect(try Data(contentsOf: folder.file("roster.jsonl")) == truth.output)
  }

  @Test func `status and runs tell of no database, then of the run that failed and why`() throws {
    try configure("http://127.0.0.1:1", perMinute: 60, burst: 1)
    #expect(try homeroom("status").text.contains("new"))
    #expect(try homeroom("runs", "list").text == "No runs yet. homeroom sync begins one.\n")
    #expect(try homeroom("export").errors.contains("There is no database"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("r.db").path))
    let failed = try homeroom("sync", "--json")
    #expect(failed.status == ExitCode.failed.rawValue)
    let told = try object(failed)
    #expect(told["state"] as? String == "failed")
    #expect((told["error"] as? [String: String])?["category"] == "network")
    #expect(failed.errors.hasPrefix("homeroom: oak: "))
    #expect(try homeroom("status").text.contains("degraded"))
    #expect(try homeroom("runs", "show", "1").text.hasPrefix("run 1 of oak: failed, full, powerschool 1.0.0"))
    let none = try homeroom("runs", "show", "2")
    #expect(none.status == ExitCode.failed.rawValue)
    #expect(none.errors.hasPrefix("homeroom: There is no run 2 in "))
  }

  @Test func `a dry run changes nothing`() throws {
    let (simulator, url) = try simulator(students: 20)
    defer {
      simulator.send(SIGTERM)
      _ = simulator.wait()
    }
    try configure(url, perMinute: 1_000_000, burst: 100)
    let planned = try object(homeroom("sync", "--dry-run", "--json"))
    #expect(planned["state"] as? String == "planned")
    #expect(try homeroom("export").output.isEmpty)
  }

  @Test func `the demo syncs twice, the second time without a change, and cleans up`() throws {
    let run = try ToolProcess.run(
      BuiltTool.homeroom, ["demo", "--students", "50", "--once"], in: folder.url,
      environment: ["TMPDIR": folder.url.path])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("a real PowerSchool is asked 60"))
    let changes = run.text.split(separator: "\n").filter { $0.hasPrefix("changes ") }
    #expect(changes.count == 2)
    #expect(changes.first?.hasSuffix(" 0") == false)
    #expect(changes.last?.hasSuffix(" 0") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  @Test func `a demo to play with keeps its simulator until it is told to stop`() throws {
    let demo = try ToolProcess(
      BuiltTool.homeroom, ["demo", "--students", "20", "--folder", "play"], in: folder.url)
    var lines: [String] = []
    while let line = demo.nextLine() {
      lines.append(line)
      if line.contains("homeroom export") { break }
    }
    let url = lines.first?.split(separator: " ").last.map(String.init) ?? ""
    let config = folder.file("play/homeroom.json5").path
    #expect(try String(contentsOfFile: config, encoding: .utf8).contains(url))
    let secret = try FileManager.default.attributesOfItem(atPath: folder.file("play/secret").path)
    #expect(secret[.posixPermissions] as? Int == 0o600)
    let third = try object(homeroom("sync", "--config", config, "--json"))
    #expect(third["state"] as? String == "published")
    demo.send(SIGINT)
    #expect(demo.wait().status == 0)
    let gone = try homeroom("sync", "--config", config)
    #expect(gone.status == ExitCode.failed.rawValue)
    let again = try homeroom("demo", "--folder", "play", "--once")
    #expect(again.errors.contains("holds the database of an earlier demo"))
  }

  @Test func `a reader of the export that goes away is not an error worth a word`() throws {
    let (simulator, url) = try simulator(students: 300)
    defer {
      simulator.send(SIGTERM)
      _ = simulator.wait()
    }
    try configure(url, perMinute: 1_000_000, burst: 100)
    #expect(try homeroom("sync").status == 0)
    let run = try ToolProcess.run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", "\"$0\" export | head -1", BuiltTool.homeroom.path],
      in: folder.url)
    #expect(run.text.hasPrefix("{\"kind\":\"academicSession\""))
    #expect(run.errors == "")
  }
}
