import CommandLineKit
import Foundation
import TestSupport
import Testing

struct CommandLineTests {
  func homeroom(_ words: String..., in folder: TemporaryFolder? = nil, environment: [String: String] = [:])
    throws -> ToolRun
  {
    try ToolProcess.run(BuiltTool.homeroom, words, in: folder?.url, environment: environment)
  }

  static let good = """
    { database: "r.db", providers: ["."], integrations: [{ id: "oak", provider: "powerschool",
      baseURL: "https://oak.example", auth: { scheme: "static-bearer", token: "env:OAK" } }] }
    """

  @Test func `a mistyped command is one sentence, a suggestion, and status 2`() throws {
    let run = try homeroom("snyc")
    #expect(run.status == ExitCode.usage.rawValue)
    #expect(run.text == "")
    #expect(
      run.errors == """
        homeroom: homeroom has no command "snyc".
        next: Did you mean sync? homeroom --help lists what can be said.

        """)
  }

  @Test func `with json an error is besides an object on stdout`() throws {
    let run = try homeroom("runs", "show", "--json")
    #expect(run.status == ExitCode.usage.rawValue)
    let object = try JSONSerialization.jsonObject(with: run.output) as? [String: [String: String]]
    #expect(object?["error"]?["code"] == "usage")
    #expect(object?["error"]?["message"] == "homeroom runs show needs RUN")
    #expect(run.errors.hasPrefix("homeroom: homeroom runs show needs RUN.\nnext: "))
  }

  @Test(arguments: [
    ["sync"], ["status"], ["providers", "list"], ["integrations", "list"], ["runs", "list"],
    ["runs", "show", "1"],
    ["export"], ["config", "check"], ["config", "show"],
  ])
  func `without a config every command says where it looked and how to begin`(words: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try ToolProcess.run(BuiltTool.homeroom, words, in: folder.url)
    #expect(run.status == ExitCode.failed.rawValue)
    #expect(
      run.errors.hasPrefix(
        "homeroom: There is no config: looked for \(folder.url.path)/homeroom.json5 and /etc/"))
    #expect(run.errors.contains("\nnext: homeroom demo shows everything"))
    #expect(run.errors.split(separator: "\n").count == 2)
  }

  @Test func `a broken config is named with file, line and column, each problem on its line`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "homeroom.json5", "{\n  databse: 'a',\n  providers: [],\n  integrations: {},\n}")
    let run = try homeroom("config", "check", in: folder)
    #expect(run.status == ExitCode.failed.rawValue)
    #expect(run.text == "")
    let name = file.path
    #expect(
      run.errors.split(separator: "\n").map(String.init) == [
        "homeroom: \(name):1:1: database is missing: the path of the SQLite file, such as \"roster.db\".",
        "homeroom: \(name):2:3: databse is not a known key; did you mean database.",
        "homeroom: \(name):4:17: integrations must be a list, not an object.",
        "next: correct the config; homeroom config check says whether it is good.",
      ])
    let json = try homeroom("config", "check", "--json", in: folder)
    let object = try JSONSerialization.jsonObject(with: json.output) as? [String: [String: Any]]
    let problems = object?["error"]?["problems"] as? [[String: Any]]
    #expect(problems?.compactMap { $0["line"] as? Int } == [1, 2, 4])
    #expect(problems?.compactMap { $0["path"] as? String } == ["database", "databse", "integrations"])
  }

  @Test func `a good config passes from the folder, from the option and from the environment`() throws {
    let folder = try TemporaryFolder()
    let text = Self.good.replacing("\".\"", with: "\"\(BuiltTool.folder.path)\"").replacing("powerschool", with: "csv-roster")
    let path = try folder.write("homeroom.json5", text).path
    let secret = ["OAK": "hush-hush"]
    #expect(
      try homeroom("config", "check", in: folder, environment: secret).text == "\(path) is good: 1 integration.\n")
    #expect(try homeroom("config", "check", "--config", path, environment: secret).status == 0)
    let run = try homeroom(
      "config", "check", "--json", environment: ["HOMEROOM_CONFIG": path, "OAK": "hush-hush"])
    #expect(run.text == "{\"file\":\"\(path)\",\"ok\":true,\"integrations\":1}\n")
  }

  @Test func `no form of config show prints a secret's value`() throws {
    let folder = try TemporaryFolder()
    try folder.write("homeroom.json5", Self.good)
    for words in [["config", "show"], ["config", "show", "--json"]] {
      let run = try ToolProcess.run(
        BuiltTool.homeroom, words, in: folder.url, environment: ["OAK": "hush-hush"])
      #expect(run.status == 0)
      #expect(run.text.contains("env:OAK"))
      #expect(!run.text.contains("hush-hush"))
    }
  }

  @Test func `an integration that is not there brings the nearest one`() throws {
    let folder = try TemporaryFolder()
    try folder.write("homeroom.json5", Self.good)
    let run = try homeroom("sync", "oka", in: folder)
    #expect(run.status == ExitCode.failed.rawValue)
    #expect(run.errors.hasPrefix("homeroom: There is no integration \"oka\" in "))
    #expect(run.errors.hasSuffix("\nnext: Did you mean oak?\n"))
  }

  @Test func `sync asks which where there are several, and takes all when told`() throws {
    let folder = try TemporaryFolder()
    let entry = { (id: String) in
      "{ id: '\(id)', provider: 'p', baseURL: 'https://x', auth: { scheme: 'none' } }"
    }
    try folder.write(
      "homeroom.json5",
      "{ database: 'r.db', providers: [], integrations: [\(entry("oak")), \(entry("elm"))] }")
    let run = try homeroom("sync", in: folder)
    #expect(run.status == ExitCode.usage.rawValue)
    #expect(run.errors.hasPrefix("homeroom: homeroom sync needs --all or some of oak, elm.\n"))
    let both = try homeroom("sync", "--all", "oak", in: folder)
    #expect(both.status == ExitCode.usage.rawValue)
  }

  @Test func `export refuses an unknown kind with the nearest one`() throws {
    let run = try homeroom("export", "--kind", "enrolment")
    #expect(run.status == ExitCode.usage.rawValue)
    #expect(run.errors.contains("Did you mean enrollment?"))
  }

  @Test func `a reader that goes away ends the command without a word`() throws {
    let run = try ToolProcess.run(
      URL(fileURLWithPath: "/bin/sh"),
      ["-c", "(exec 3>&1; \"$0\" --help 1>&- 2>&3; echo $? >&3) | cat", BuiltTool.homeroom.path])
    #expect(run.status == 0)
    #expect(!run.text.contains("Fatal"))
    #expect(run.text.hasSuffix("1\n"))
  }

  @Test func `the version is told in words and as JSON`() throws {
    #expect(try homeroom("version").text.hasPrefix("homeroom 0."))
    let object =
      try JSONSerialization.jsonObject(with: homeroom("version", "--json").output) as? [String: String]
    #expect(object?["abi"] == "1.0")
  }
}
