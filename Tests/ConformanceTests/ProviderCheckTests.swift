import ConformanceKit
import Foundation
import TestSupport
import Testing

/// The tool as a vendor calls it.
@Suite struct ProviderCheckTests {
  private func tool(_ arguments: String..., in folder: TemporaryFolder? = nil) throws -> ToolRun {
    try ToolProcess.run(BuiltTool.providerCheck, arguments, in: folder?.url)
  }

  private let good: String
  init() throws { good = try Fixture.provider("Conformance/keeps_every_rule.c") }

  @Test func `without a recording it says what was not run, and that this proves nothing`() throws {
    let run = try tool(good)
    #expect(run.status == 0)
    #expect(run.text.contains("\nresume             not run  no recording\n"))
    #expect(run.text.contains("8 passed, 0 failed, 14 not run."))
    #expect(run.text.contains("without a recording nothing shows that the provider reads its SIS"))
    #expect(run.text.contains("homeroom sync INTEGRATION --record FOLDER"))
    let strict = try CheckSummary([good, "--strict"])
    #expect(strict.run.status == 1)
    #expect(!strict.passed && !strict.complete)
    #expect(strict.names("failed").isEmpty)
  }

  @Test func `recordings beside the file are found, and so are those of a folder that is named`() throws {
    let recording = try PagesRecording(beside: good)
    let beside = try CheckSummary([recording.folder.file("pages.so").path, "--only", "resume"])
    #expect(beside["resume"]?.detail == "from 3 of 3 cursors")
    let named = try CheckSummary([
      good, "--recordings", recording.folder.file("recordings").path, "--only", "resume",
    ])
    #expect(named["resume"]?.detail == "from 3 of 3 cursors")
    let none = try tool(good, "--recordings", "/nowhere")
    #expect(none.status == 1 && none.errors.contains("/nowhere holds no folder with a recording"))
  }

  @Test func `a recording of another provider is refused`() throws {
    let recording = try PagesRecording()
    let run = try tool(BuiltTool.provider("csv_roster").path, "--replay", recording.path)
    #expect(run.status == 1)
    #expect(run.errors.contains("is of the provider pages") && run.errors.contains("is csv-roster"))
  }

  @Test func `a failure names the command that brings it about again, in one process`() throws {
    let recording = try PagesRecording()
    let bad = try Fixture.provider("Conformance/trusts_request_ids.c")
    let first = try tool(bad, "--replay", recording.path, "--only", "fuzz", "--iterations", "60")
    #expect(first.status == 1)
    let again = try #require(first.text.firstMatch(of: /again: sis-provider-check (.*)\n/)?.output.1)
    let words = again.split(separator: " ").map(String.init)
    #expect(words.contains("--reproduce"))
    let second = try ToolProcess.run(BuiltTool.providerCheck, words)
    #expect(second.signal == SIGABRT)
    let good = try ToolProcess.run(BuiltTool.providerCheck, [self.good] + words.dropFirst())
    #expect(good.status == 0, "\(good.text)")
    #expect(good.text.contains("fuzz               passed   round "))
  }

  @Test func `what is drawn by lot follows from the seed`() throws {
    let recording = try PagesRecording()
    let bad = try Fixture.provider("Conformance/trusts_request_ids.c")
    func round(_ seed: String) throws -> String? {
      try CheckSummary([
        bad, "--replay", recording.path, "--only", "fuzz", "--seed", seed, "--iterations", "400",
      ])["fuzz"]?.seed
    }
    let first = try round("7")
    #expect(first != nil)
    #expect(try round("7") == first)
    #expect(try round("8") != first)
  }

  @Test func `a crash leaves the name of the call in the trace`() throws {
    let recording = try PagesRecording()
    let bad = try Fixture.provider("Conformance/reads_empty_body.c")
    let trace = recording.folder.file("trace")
    let run = try tool(
      bad, "--replay", recording.path, "--only", "empty-body", "--in-process", "--trace", trace.path)
    #expect(run.signal == SIGSEGV)
    let call = try String(decoding: Data(contentsOf: trace).prefix { $0 != 0 }, as: UTF8.self)
    #expect(call.hasPrefix("pages-run, before call 2: feed(request 1, GET /page/1, an empty body"), "\(call)")
  }

  @Test func `the example that vendors begin with passes every check`() throws {
    let folder = try TemporaryFolder()
    let library = folder.file("hello.so").path
    try CCompiler.all(.c)[0].compile([
      "-shared", "-fPIC", "-fvisibility=hidden", "-o", library,
      Repository.file("plugin-sdk/examples/hello-c/hello.c").path,
    ])
    let people = try Data(contentsOf: Repository.file("plugin-sdk/examples/data/people.csv"))
    try folder.write("recordings/people/recording.json", #"{"recording":1,"provider":{"id":"hello-c"}}"#)
    try folder.write(
      "recordings/people/exchanges.jsonl",
      #"{"target":"/people.csv","status":200,"expect":"csv","body":"bodies/people.csv"}"#)
    try folder.write("recordings/people/bodies/people.csv", people)
    let summary = try CheckSummary([library, "--strict", "--iterations", "100"])
    #expect(summary.run.status == 0, "\(summary.run.text)")
    #expect(summary.names("passed") == Checks.all.map(\.name))
  }

  @Test func `the list says what each check proves`() throws {
    let run = try tool("--list")
    #expect(run.status == 0)
    let lines = run.text.split(separator: "\n")
    #expect(lines.count == Checks.all.count)
    for (line, check) in zip(lines, Checks.all) {
      #expect(line.hasPrefix(check.name + " ") && line.hasSuffix("  " + check.proves))
    }
  }

  @Test func `mistakes of the command line are a sentence, what helps, and status 2`() throws {
    for (arguments, words) in [
      ([], "needs FILE"), (["--only", "lnt", good], "Did you mean lint?"),
      (["--seed", "x", good], "--seed takes"),
      (["--deadline", "0", good], "--deadline takes"), ([good, good], "does not know what to do with"),
    ] {
      let run = try ToolProcess.run(BuiltTool.providerCheck, arguments)
      #expect(run.status == 2 && run.errors.contains(words), "\(run.errors)")
    }
    let missing = try tool("nothing.so")
    #expect(missing.status == 1 && missing.errors.contains("There is no file"))
  }

  @Test func `a file that is no provider fails what can be checked, and the rest says why`() throws {
    let folder = try TemporaryFolder()
    try folder.write("text.so", "no library")
    let summary = try CheckSummary([folder.file("text.so").path])
    #expect(summary.run.status == 1)
    #expect(summary["lint"]?.result == "failed")
    #expect(summary["lint"]?.detail.contains("is not an ELF file") == true)
  }
}
