import Foundation
import ProviderRuntime
import TestSupport
import Testing

/// The example in C, built as its page says, run by the real host against a real server.
@Suite struct ExampleProviderTests {
  private let folder: TemporaryFolder
  private let server: StaticFileServer
  private static let source = Book.root.appendingPathComponent("plugin-sdk/examples/hello-c/hello.c")

  init() throws {
    folder = try TemporaryFolder()
    let people = try String(
      contentsOf: Book.root.appendingPathComponent("plugin-sdk/examples/data/people.csv"), encoding: .utf8)
    try folder.write("www/people.csv", people)
    server = try StaticFileServer(folder.file("www"))
    try folder.write(
      "homeroom.json5",
      """
      { database: 'roster.db', providers: ['.'], integrations: [{ id: 'hello', provider: 'hello-c',
        baseURL: '\(server.url)', auth: { scheme: 'none' }, rateLimit: { perMinute: 100000, burst: 100 } }] }
      """)
    let run = try ToolProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      [
        "cc", "-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-shared", "-fPIC",
        "-fvisibility=hidden", "-I",
        Book.root.appendingPathComponent("plugin-sdk/include").path, "-o", folder.file("hello.so").path,
        Self.source.path,
      ])
    try #require(run.status == 0, "\(run.errors)")
  }

  private func homeroom(_ words: String...) throws -> ToolRun {
    try ToolProcess.run(BuiltTool.homeroom, words, in: folder.url)
  }

  @Test func `it compiles without a warning, is found good, and exports nothing but its entry`() throws {
    #expect(try homeroom("providers", "check", "hello.so").status == 0)
    #expect(
      try ProviderLibrary.inspect(folder.file("hello.so").path, trust: .notConfigured).exports == [
        "sis_plugin_entry_v1"
      ])
  }

  @Test func `what the server has is what the host exports, and a second time nothing changes`() throws {
    let first = try homeroom("sync", "hello")
    #expect(first.status == 0, "\(first.errors)")
    #expect(
      try homeroom("export").text == """
        {"kind":"org","sourcedId":"1","name":"Elm Middle","orgType":"school"}
        {"kind":"user","sourcedId":"S1","givenName":"Ada","familyName":"Lovelace",\
        "roles":[{"role":"student","org":"1"}]}
        {"kind":"user","sourcedId":"S2","givenName":"Zoë","familyName":"Núñez",\
        "roles":[{"role":"student","org":"1"}]}
        {"kind":"user","sourcedId":"T1","givenName":"Grace","familyName":"Hopper",\
        "roles":[{"role":"teacher","org":"1"}]}

        """)
    #expect(
      try homeroom("sync", "hello", "--json").text.contains(
        #""user":{"received":3,"accepted":3,"repeated":0,"#))
    #expect(try homeroom("runs", "show", "2").text.contains("all          4         0        0          4"))
  }

  @Test func `odd lines are set aside with their reason, and whoever they are about stays`() throws {
    #expect(try homeroom("sync", "hello").status == 0)
    let before = try homeroom("export").text
    // Windows line ends, a line too long, one too short, an empty one, and none at the end.
    try folder.write(
      "www/people.csv",
      [
        "school,1,Elm Middle", "student,S1,Ada,Lovelace", "student,S2,Zoë,Núñez,extra,cells", "",
        "teacher,T1",
      ].joined(separator: "\r\n"))
    #expect(try homeroom("sync", "hello").status == 0)
    #expect(try homeroom("export").text == before)
    let shown = try homeroom("runs", "show", "2").text
    #expect(shown.contains("Set aside, the first 2:"))
    for id in ["S2", "T1"] { #expect(shown.contains("user  \(id) "), "\(shown)") }
  }

  @Test func `who is missing from the next file has left, and a server without the file removes nobody`()
    throws
  {
    #expect(try homeroom("sync", "hello").status == 0)
    try FileManager.default.removeItem(at: folder.file("www/people.csv"))
    let failed = try homeroom("sync", "hello")
    #expect(failed.status == 1)
    #expect(
      failed.errors.contains("the server has no people.csv") && failed.errors.contains("Check the base URL"))
    #expect(try homeroom("export").text.split(separator: "\n").count == 4)
    try folder.write("www/people.csv", "school,1,Elm Middle\nstudent,S1,Ada,Lovelace\n")
    #expect(try homeroom("sync", "hello").status == 0)
    #expect(try homeroom("export").text.split(separator: "\n").count == 2)
  }
}
