import Foundation
import TestSupport
import Testing

/// The misbehaving providers do what their names say. Those that end their process are run in one of their own: by the
/// host in C, which prints what it got before the end.
@Suite struct FixtureTests {
  /// - Parameter limit: what `ulimit` sets for the process, besides that it leaves no core.
  private func run(_ source: String, pages: Int = 1, limit: String = "-c 0") throws -> ToolRun {
    let folder = try TemporaryFolder()
    for page in 1...pages { try folder.write("page/\(page)", "Elm") }
    let host = try Fixture.program("c_host.c").path
    let provider = try Fixture.provider(source)
    return try ToolProcess.run(
      URL(fileURLWithPath: "/bin/sh"),
      [
        "-c", "ulimit -c 0 && ulimit \(limit) && exec \"$0\" \"$@\"", host, provider, folder.url.path,
        "\(pages)",
      ])
  }

  @Test func `the fatal fixtures end their process, each in its own way, when they are fed`() throws {
    for (source, signal) in [
      ("segfaults_in_feed.c", SIGSEGV), ("aborts_in_feed.c", SIGABRT), ("overflows_stack.c", SIGSEGV),
    ] {
      let run = try run(source)
      #expect(run.signal == signal, "\(source) \(run.errors)")
      #expect(run.text.hasSuffix("request 1 \"GET\" \"/page/1\" expect 0\n"), "\(run.text)")
    }
    let exit = try run("exits_in_feed.c")
    #expect(exit.status == 0 && exit.signal == nil)
    #expect(!exit.text.contains("closed"))
  }

  @Test func `the endless loop ends by its limit of processor time alone`() throws {
    let run = try run("loops_in_feed.c", limit: "-t 1")
    #expect(run.signal == SIGXCPU || run.signal == SIGKILL)
  }

  @Test func `the provider that allocates for ever ends at its limit of memory`() throws {
    #expect(try run("allocates_for_ever.c", limit: "-v 300000").signal == SIGSEGV)
  }

  @Test func `the leaking provider works until its limit of memory, and says so`() throws {
    let enough = try run("leaks_memory.c", pages: 3)
    #expect(enough.status == 0 && enough.text.contains("cursor 0 version 1: 03"))
    let scarce = try run("leaks_memory.c", pages: 40, limit: "-v 200000")
    #expect(scarce.text.contains("error -14 \"out of memory\""), "\(scarce.text)")
    #expect(scarce.text.hasSuffix("closed\n"))
  }

  @Test func `the stuck provider asks for the same page for as long as it is answered`() throws {
    let run = try run("stuck_cursor.c", pages: 20)
    #expect(run.text.components(separatedBy: "request 1 \"GET\" \"/page/1\" expect 0\n").count == 1 + 21)
    #expect(run.text.components(separatedBy: "cursor 0 version 1: 01\n").count == 1 + 20)
  }

  @Test func `every fixture is clean C or C++ by every compiler, and stands in the list of them`() throws {
    let list = try String(contentsOf: Fixture.folder.appendingPathComponent("README.md"), encoding: .utf8)
    let sources = try Fixture.sources()
    #expect(sources.count > 40)
    for source in sources {
      #expect(list.contains("`\(source)`") || source == "well_behaved.cpp", "\(source) in README.md")
      // Those whose fault is chosen when they are built need a choice.
      let file = ["-fsyntax-only", "-DRIGHT", "-DEMITS", Fixture.folder.appendingPathComponent(source).path]
      for compiler in try CCompiler.all(CCompiler.Language(of: source)) { try compiler.compile(file) }
    }
  }
}
