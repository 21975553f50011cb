import ConformanceKit
import Foundation
import TestSupport
import Testing

/// Each misbehaving fixture fails the check that is meant for it, with the call, and no other.
@Suite struct MisbehaviourTests {
  struct Row: CustomTestStringConvertible {
    var fixture: String
    var check: String
    /// What the failure says, in its message or its call.
    var words: [String]
    var testDescription: String { fixture }
  }

  static let rows: [Row] = [
    Row(fixture: "exports_more", check: "lint", words: ["pages_count"]),
    Row(fixture: "is_of_two_minds", check: "load", words: ["its table has the version", "2.0.0"]),
    Row(fixture: "loads_slowly", check: "scan-time", words: ["100 ms"]),
    Row(fixture: "serves_any_major", check: "entry-majors", words: ["sis_plugin_entry_v1(0, 0)"]),
    Row(fixture: "knows_beginnings", check: "unknown-extension", words: ["extension(\"sis.delta/1x\")"]),
    Row(fixture: "sets_authorization", check: "contract", words: ["authorization", "next("]),
    Row(fixture: "counts_sessions", check: "replay-twice", words: ["second time", "note", "/page/1"]),
    Row(fixture: "tells_its_process", check: "replay-twice", words: ["another process", "/page/1"]),
    Row(fixture: "reads_behind_the_sink", check: "larger-structs", words: ["signal 11", "/page/1"]),
    Row(fixture: "trusts_sizes", check: "smaller-structs", words: ["signal 11", "smaller by"]),
    Row(fixture: "saves_one_place", check: "cursor-moves", words: ["same cursor", "/page/2"]),
    Row(
      fixture: "loses_when_resumed", check: "resume", words: ["3 records are missing", "org 31", "/page/1"]),
    Row(fixture: "trusts_cursor", check: "foreign-cursor", words: ["signal 6", "from a cursor of"]),
    Row(fixture: "depends_on_order", check: "response-order", words: ["last answer first", "org 11"]),
    Row(fixture: "waits_for_a_grant", check: "deadline", words: ["within 3 s", "next(grant 0)"]),
    Row(fixture: "reads_empty_body", check: "empty-body", words: ["signal 11", "an empty body"]),
    Row(
      fixture: "takes_half_a_page", check: "cut-body",
      words: ["half a JSON document", "cut to 1 of 47 bytes"]),
    Row(fixture: "forgets_its_place", check: "cut-body", words: ["as it was", "status -15 instead of 0"]),
    Row(fixture: "trusts_first_byte", check: "flipped-body", words: ["signal 6", "flipped bits"]),
    Row(fixture: "small_pages_only", check: "huge-body", words: ["signal 6", "10 MB"]),
    Row(fixture: "exits_on_402", check: "odd-status", words: ["called exit", "status 402"]),
    Row(fixture: "ignores_refusal", check: "refusing-sink", words: ["returned 0 instead of SIS_E_REFUSED"]),
    Row(fixture: "leaks_sessions", check: "open-close", words: ["10000 sessions"]),
    Row(fixture: "leaks_when_interrupted", check: "open-close", words: ["closed in the middle"]),
    Row(fixture: "trusts_request_ids", check: "fuzz", words: ["signal 6", "a request that it never made"]),
  ]

  private func check(_ fixture: String, _ recording: PagesRecording) throws -> CheckSummary {
    try CheckSummary([
      try Fixture.provider("Conformance/\(fixture).c"), "--replay", recording.path, "--iterations", "60",
      "--deadline", "3",
    ])
  }

  @Test func `a provider that keeps every rule passes every check`() throws {
    let summary = try check("keeps_every_rule", PagesRecording())
    #expect(summary.run.status == 0)
    #expect(summary.names("passed") == Checks.all.map(\.name), "\(summary.run.text)")
    #expect(summary.passed && summary.complete)
  }

  @Test(arguments: rows)
  func `a provider with one fault fails the check that is meant for it, and no other`(_ row: Row) throws {
    let summary = try check(row.fixture, PagesRecording())
    #expect(summary.run.status == 1)
    #expect(summary.names("failed") == [row.check], "\(summary.run.text)")
    // What the host does not load cannot be run in the host.
    let left = ["lint": ["load", "contract"], "load": ["contract"]][row.check]
    #expect(summary.names("not-run") == left ?? [])
    #expect(!summary.passed)
    let failed = try #require(summary[row.check])
    for word in row.words { #expect((failed.detail + " " + failed.call).contains(word), "\(failed)") }
    #expect(failed.recording == "pages-run" || !failed.call.contains("/page/"), "\(failed)")
  }

  @Test func `every check has a fixture that fails it, and every fixture stands in the list`() throws {
    #expect(Set(Self.rows.map(\.check)) == Set(Checks.all.map(\.name)))
    let folder = Fixture.folder.appendingPathComponent("Conformance")
    let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".c")
    }
    #expect(Set(sources) == Set((Self.rows.map(\.fixture) + ["keeps_every_rule"]).map { "\($0).c" }))
    let list = try String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
    for source in sources {
      #expect(list.contains("`\(source)`"), "\(source) in README.md")
      for compiler in try CCompiler.all(.c) {
        try compiler.compile(["-fsyntax-only", folder.appendingPathComponent(source).path])
      }
    }
  }
}
