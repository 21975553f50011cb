import Foundation
import TestSupport
import Testing

/// A config that is wrong stops before anything runs: one sentence with the place, and a non-zero exit.
@Suite struct BadConfigTests {
  @Test func `without a config it says where it looked and how to begin`() throws {
    let folder = try TemporaryFolder()
    let run = try ToolProcess.run(BuiltTool.homeroom, ["status"], in: folder.url)
    #expect(run.status == 1)
    #expect(run.errors.contains("homeroom.json5"))
    #expect(run.errors.contains("homeroom demo"))
  }

  struct Row: CustomTestStringConvertible {
    var name: String
    var old: String
    var new: String
    var words: [String]
    var testDescription: String { name }
  }

  @Test(arguments: [
    Row(name: "broken JSON5", old: "database:", new: "database", words: ["homeroom.json5:3:"]),
    Row(name: "an unknown key", old: "baseURL:", new: "baseURl:", words: ["baseURl", "baseURL", "integrations[0]"]),
    Row(name: "an unknown key of auth", old: "clientID:", new: "clientId:", words: ["clientId", "clientID"]),
    Row(name: "a wrong type", old: "perMinute: 600000", new: "perMinute: \"many\"", words: ["perMinute", "many"]),
    Row(name: "a number out of range", old: "perMinute: 600000", new: "perMinute: 0", words: ["perMinute", "0"]),
    Row(name: "an unknown provider", old: "\"powerschool\"", new: "\"powerschol\"", words: ["powerschol", "powerschool"]),
    Row(name: "a secret in clear", old: "file:secret", new: "hunter2", words: ["clientSecret", "file:"]),
    Row(name: "a secret's file that lacks", old: "file:secret", new: "file:nothing", words: ["nothing"]),
    Row(name: "a base URL that is none", old: "baseURL: \"http:", new: "baseURL: \"htp:", words: ["baseURL", "htp:"]),
    Row(name: "an unknown option", old: "rateLimit:", new: "options: { enrolStatuses: [\"A\"] }, rateLimit:",
      words: ["enrolStatuses", "enrollStatuses"]),
    Row(name: "an option out of its choice", old: "rateLimit:", new: "options: { enrollStatuses: [\"Z\"] }, rateLimit:",
      words: ["enrollStatuses", "Z"]),
  ])
  func `each mistake is named with its place`(_ row: Row) throws {
    let host = try DistrictHost(baseURL: "http://127.0.0.1:9")
    try host.rebase(from: row.old, to: row.new)
    for arguments in [["config", "check"], ["sync", "oak-district"]] {
      let run = try ToolProcess.run(BuiltTool.homeroom, arguments, in: host.folder.url)
      #expect(run.status == 1, "\(arguments) \(run.text) \(run.errors)")
      for word in row.words { #expect(run.errors.contains(word), "\(run.errors)") }
      #expect(!run.errors.contains("hunter2"), "a secret is never repeated")
    }
  }

  @Test func `a secret's file that others can read is refused with the command that mends it`() throws {
    let host = try DistrictHost(baseURL: "http://127.0.0.1:9")
    try host.folder.write("secret", DistrictHost.secret, mode: 0o644)
    let run = try host.run("sync", "oak-district")
    #expect(run.status == 1)
    #expect(run.errors.contains("chmod 600"))
  }

  @Test func `an integration that is not there is named with those that are`() throws {
    let host = try DistrictHost(baseURL: "http://127.0.0.1:9")
    let run = try host.run("sync", "oak-distrct")
    #expect(run.status == 1)
    #expect(run.errors.contains("oak-distrct") && run.errors.contains("oak-district"))
  }
}
