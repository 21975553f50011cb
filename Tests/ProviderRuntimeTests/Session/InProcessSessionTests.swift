import CSISPlugin
import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import ProviderRuntime

@Suite struct InProcessSessionTests {
  /// Sessions of a fixture that were opened and not closed.
  private func live(_ library: ProviderLibrary) throws -> Int32 {
    let pointer = try #require(
      library.table.pointee.extension(library.table, "org.homeroom.test.live-sessions/1"))
    return pointer.load(as: Int32.self)
  }

  private func load(_ source: String, _ defines: String...) throws -> ProviderLibrary {
    try ProviderLibrary.load(try Fixture.provider(source, defines))
  }

  /// What opening a session fails with.
  private func openingFault(_ variant: String) async throws -> ProviderFault {
    let library = try load("wrong_open.c", variant)
    do throws(ProviderFault) {
      _ = try await FixtureSession(library)
    } catch { return error }
    Issue.record("\(variant) opened a session")
    return ProviderFault(.internal, "")
  }

  @Test func `a provider is handed all that the host knows`() async throws {
    let opening = SessionOpening(
      mode: .delta, config: Array(#"{"word":"x"}"#.utf8),
      cursor: Cursor(version: 3, bytes: Array("place".utf8)),
      bookmark: Cursor(version: 2, bytes: Array("since".utf8)), maxInFlight: 5, pageSize: 200,
      now: HostInstant(milliseconds: 1_000), seed: 42)
    let session = try await InProcessSession.open(try load("echoes_input.c"), opening)
    _ = try await session.next(grant: 2, now: HostInstant(milliseconds: 2_000))
    let response = HTTPResponse(
      status: 200, headers: [HTTPHeader("etag", "\"7\""), HTTPHeader("x-empty", "")], body: Array("Elm".utf8))
    let answer = try await session.feed(1, response, grant: 4, now: HostInstant(milliseconds: 3_000))
    await session.close()
    let sizes = [
      "open.size=\(MemoryLayout<sis_open>.size)", "sink.size=\(MemoryLayout<sis_sink>.size)", "mode=1",
      #"config={"word":"x"}"#, "cursor=place", "bookmark=since", "cursor_version=3", "bookmark_version=2",
      "max_in_flight=5", "page_size=200", "open.now=1000", "seed=42",
      "turn.size=\(MemoryLayout<sis_turn>.size)",
      "turn.grant=2", "turn.now=2000", "response.size=\(MemoryLayout<sis_response>.size)",
      "response.status=200",
      "response.id=1", "response.now=3000", "response.grant=4", "header etag=\"7\"", "header x-empty=",
      "response.body=Elm",
    ]
    #expect(answer.notes.first?.text == sizes.map { $0 + " " }.joined(), "line feeds of a note become spaces")
    #expect(answer.isDone)
  }

  @Test func `a cursor of a format that the provider does not read is not shown to it`() async throws {
    let library = try load("echoes_input.c")
    for version in [UInt32(0), 4, .max] {
      for opening in [
        SessionOpening(cursor: Cursor(version: version, bytes: [1]), now: FixtureSession.now),
        SessionOpening(bookmark: Cursor(version: version, bytes: [1]), now: FixtureSession.now),
      ] {
        await #expect(throws: ProviderFault(.cursor, "it does not read cursors of version \(version)")) {
          try await InProcessSession.open(library, opening)
        }
      }
    }
    #expect(try live(library) == 0)
  }

  @Test func `what is not there is handed over as empty`() async throws {
    let session = try await FixtureSession("echoes_input.c")
    _ = try await session.next()
    let note = try await session.feed("", status: 204).notes.first?.text ?? ""
    await session.close()
    for word in [
      "mode=0", "config={}", "cursor=", "bookmark=", "cursor_version=0", "response.status=204",
      "response.body=",
    ] {
      #expect(note.contains(" \(word) "), "\(word) in \(note)")
    }
  }

  @Test func `an open without a session and without a reason is told as such`() async throws {
    let fault = try await openingFault("ANSWERS_NOTHING")
    #expect(fault == ProviderFault(.internal, "it opened no session and gave no reason"))
  }

  @Test func `an open that fails is told with the provider's reason`() async throws {
    #expect(
      try await openingFault("ANSWERS_A_REASON") == ProviderFault(.config, "the option word is missing"))
  }

  @Test func `a session that cannot be used is refused before anything of it is called`() async throws {
    #expect(try await openingFault("TOO_SMALL").message == "its session has size 32 or lacks a function")
    for variant in ["NO_NEXT", "NO_FEED", "NO_CLOSE"] {
      let fault = try await openingFault(variant)
      #expect(fault.code == .contract && fault.message == "its session has size 40 or lacks a function")
    }
  }

  @Test func `a request in open is one too many`() async throws {
    let fault = try await openingFault("ASKS")
    #expect(fault == ProviderFault(.contract, "it asked for more than the 0 granted requests"))
  }

  @Test func `an open that reports an error and answers a session is refused`() async throws {
    let fault = try await openingFault("ANSWERS_BOTH")
    #expect(
      fault
        == ProviderFault(.contract, "it returned 0 after reporting an error: the option word is missing"))
  }

  @Test(arguments: ["ASKS", "ANSWERS_BOTH"])
  func `a session that is refused is closed`(variant: String) async throws {
    let library = try load("wrong_open.c", variant)
    await #expect(throws: ProviderFault.self) { _ = try await FixtureSession(library) }
    #expect(try live(library) == 0)
  }

  @Test func `what open emitted stands in the answer of the first call`() async throws {
    let session = try await FixtureSession("wrong_open.c", ["EMITS"])
    let first = try await session.next()
    #expect(first.records == [#"{"sourcedId":"100","name":"known at once","orgType":"school"}"#])
    #expect(first.resume == Cursor(version: 1, bytes: [0]))
    #expect(first.notes == [ProviderNote(isWarning: false, text: "opened")])
    #expect(first.requests.map(\.target) == ["/page/1"])
    let second = try await session.feed("Elm")
    #expect(second.records == [#"{"sourcedId":"1","name":"Elm","orgType":"school"}"#])
    #expect(second.notes.isEmpty)
    await session.close()
  }

  @Test func `close closes the provider's session once, and then nothing can be called`() async throws {
    let library = try load("stuck_cursor.c")
    let session = try await FixtureSession(library)
    #expect(try live(library) == 1)
    await session.close()
    await session.close()
    #expect(try live(library) == 0)
    let closed = ProviderFault(.contract, "the session is closed")
    await #expect(throws: closed) { try await session.next() }
    await #expect(throws: closed) { try await session.feed("Elm") }
  }

  @Test func `sessions of one provider run at the same time without touching each other`() async throws {
    let library = try load("transient_then_good.c")
    try await withThrowingTaskGroup(of: [String].self) { group in
      for number in 0..<24 {
        group.addTask {
          let session = try await FixtureSession(library)
          _ = try await session.next()
          await #expect(throws: ProviderFault.self) { try await session.feed("early") }
          let answer = try await session.feed("Elm \(number)")
          await session.close()
          return answer.records
        }
      }
      var records: Set<String> = []
      for try await answer in group { records.formUnion(answer) }
      #expect(records == Set((0..<24).map { #"{"sourcedId":"1","name":"Elm \#($0)","orgType":"school"}"# }))
    }
    #expect(try live(library) == 0)
  }

  @Test func `a provider of a later minor version is understood, but for what is new`() async throws {
    let session = try await FixtureSession("newer_minor.c")
    let asked = try await session.next()
    #expect(asked.requests == [ProviderRequest(id: 1, target: "/page/1", resource: "pages")])
    let answer = try await session.feed("Elm")
    #expect(answer.records == [#"{"sourcedId":"1","name":"Elm","orgType":"school"}"#])
    #expect(
      answer.rejects == [RecordReject(kind: nil, sourcedID: "r1", field: "", reason: "of a later kind")])
    #expect(answer.resume == Cursor(version: 1, bytes: Array("place".utf8)))
    #expect(answer.ends == [StreamEnd(kind: .org, complete: true)])
    _ = try await session.next()
    await #expect(
      throws: ProviderFault(
        .notFound, "the page is not there", pointer: "/page", requestID: 1, retryAfterMilliseconds: 1_500)
    ) { try await session.feed("", status: 404) }
    await session.close()
  }
}
