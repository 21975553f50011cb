import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import ProviderRuntime

/// A provider that breaks a rule: its call fails with the first breach, and nothing of it is kept.
@Suite struct SessionViolationTests {
  private func load(_ source: String) throws -> ProviderLibrary {
    try ProviderLibrary.load(try Fixture.provider(source))
  }

  /// The breach that an answer of this body leads to.
  private func breach(_ library: ProviderLibrary, _ body: String) async -> String? {
    let result = await FixtureSession.answer(library, to: body)
    #expect(result.fault?.code == .contract, "\(body): \(result)")
    return result.fault?.message
  }

  @Test(arguments: [0, 1, 2])
  func `more requests than granted are refused in next and in feed`(grant: Int) async throws {
    let session = try await FixtureSession("asks_beyond_grant.c")
    let fault = ProviderFault(.contract, "it asked for more than the \(grant) granted requests")
    await #expect(throws: fault) { try await session.next(grant: grant) }
    await #expect(throws: fault) { try await session.feed("Elm", grant: grant) }
    await session.close()
  }

  @Test func `a request that is none is refused with what is wrong`() async throws {
    let library = try load("bad_requests.c")
    let noText = "the method, target or resource of a request is no text or too long"
    let noHeader = "a header of a request is no HTTP header"
    for (fault, words) in [
      ("no method", noText), ("lower-case method", "\"get\" is no HTTP method"), ("long method", noText),
      ("no target", noText),
      ("target with a space", "the target of a request holds a space or a control character"),
      ("target with a line feed", "the target of a request holds a space or a control character"),
      ("target not UTF-8", noText), ("long target", noText), ("long resource", noText),
      ("huge body", "the body of a request has 16777217 bytes; 16777216 are the most"),
      ("unknown expectation", "a request expects 77, which is nothing this host knows"),
      ("many headers", "a request has 33 headers; 32 are the most"), ("header name with a space", noHeader),
      ("header name empty", noHeader), ("header value with a line feed", noHeader),
      ("long header value", noHeader),
      ("request and done", "it asked for a request and said that it was done"),
    ] { #expect(await breach(library, fault) == words, "\(fault)") }
    for fault in ["body without an address", "headers without an address"] {
      _ = await breach(library, fault)
    }
    #expect(try await FixtureSession.answer(library, to: "nothing wrong").get().requests.count == 1)
  }

  @Test func `headers that are the host's to send are refused, in any case`() async throws {
    let library = try load("bad_requests.c")
    for name in SessionSink.reservedHeaders {
      for spelled in [name, name.uppercased(), name.capitalized] {
        #expect(
          await breach(library, "header:\(spelled)") == "it sets the header \(name), which is the host's")
      }
    }
    let answer = try await FixtureSession.answer(library, to: "header:X-Own").get()
    #expect(answer.requests.first?.headers == [HTTPHeader("x-own", "text/plain")])
  }

  @Test func `a target of another origin is handed on as it is, for the host to judge`() async throws {
    let library = try load("asks_other_origin.c")
    for target in ["https://other.example/steal", "file:///etc/passwd", "//other.example/x", "/../../x"] {
      let answer = try await FixtureSession.answer(library, to: target).get()
      #expect(answer.requests.map(\.target) == [target])
    }
  }

  @Test func `a cursor of 10 MB is refused`() async throws {
    #expect(
      await breach(try load("huge_cursor.c"), "Elm") == "its cursor has 10485760 bytes; 65536 are the most")
  }

  @Test func `a cursor that never moves is handed on as often as it comes, for the run to judge`()
    async throws
  {
    let session = try await FixtureSession("stuck_cursor.c")
    for _ in 0..<5 {
      #expect(try await session.next().requests.map(\.target) == ["/page/1"])
      #expect(try await session.feed("Elm").resume == Cursor(version: 1, bytes: [1]))
    }
    await session.close()
  }

  @Test func `what is emitted outside of a call is refused`() async throws {
    let folder = try TemporaryFolder()
    let session = try await FixtureSession("emits_outside_calls.c")
    _ = try await session.next()
    _ = try await session.feed(folder.file("answers").path)
    await session.close()
    let answers = try String(contentsOf: folder.file("answers"), encoding: .utf8)
    #expect(answers == "-12 -12 -12", "SIS_E_REFUSED for a record, a cursor and a request")
  }

  @Test func `records whose text is none are kept aside, and the good ones between them are taken`()
    async throws
  {
    let answer = try await FixtureSession.answer(try load("bad_text.c"), to: "").get()
    #expect(answer.batch.entries.map { answer.batch.sourcedID(of: $0) } == ["good-1", "good-2"])
    #expect(
      answer.rejects.map { "\($0.sourcedID) \($0.field)" } == [
        "nul givenName", "utf-8 givenName", "surrogate givenName", "overlong email", "long middleName",
        "name ext",
        "name-utf-8 identifiers", "extension ext", "identifier identifiers", "id\n sourcedId",
        "\u{FFFD}\u{FFFD} sourcedId",
      ])
    #expect(answer.notes.map(\.text) == ["note with\u{FFFD}"])
  }

  @Test func `numbers that this host does not know are told, and trap nowhere`() async throws {
    let library = try load("unknown_numbers.c")
    let kinds = try await FixtureSession.answer(library, to: "kind").get()
    #expect(kinds.records.count == 1)
    #expect(
      kinds.rejects.map(\.reason) == [9, 0, UInt32.max].map { "its kind \($0) is not known to this host" })
    let note = try await FixtureSession.answer(library, to: "level of a note").get().notes.first
    #expect(note == ProviderNote(isWarning: false, text: "of an unknown level"))
    for (place, words) in [
      ("cursor purpose", "its cursor has purpose 7, which is nothing this host knows"),
      ("end of a kind", "it ended kind 99, which is not known"),
      ("completeness", "it ended a stream with completeness 3"),
      ("condition", "a condition of an end is no field with a value"),
    ] { #expect(await breach(library, place) == words) }
  }

  @Test func `a struct that is smaller than version 1 has it is refused with both sizes`() async throws {
    let library = try load("smaller_structs.c")
    for (name, size, due) in [("request", 96, 104), ("reject", 47, 48), ("cursor", 4, 32), ("end", 0, 40)] {
      #expect(await breach(library, name) == "its \(name) has size \(size); version 1 has \(due)")
    }
    #expect(
      await FixtureSession.answer(library, to: "error").fault
        == ProviderFault(.semantic, "it failed with status -10 and gave no reason", requestID: 1),
      "an error that cannot be read is none")
  }

  @Test func `NULL where a struct is due is refused, in every build`() async throws {
    let library = try load("null_structs.c")
    for name in ["request", "reject", "cursor", "end"] {
      #expect(await breach(library, name) == "it passed NULL for its \(name)")
    }
    #expect(await breach(library, "fields") == "it passed NULL for 3 fields")
    let empty = try await FixtureSession.answer(library, to: "no fields").get()
    #expect(empty.rejects.map(\.reason) == ["it has no sourcedId"])
    for (name, code) in [("sink", ProviderFault.Code.refused), ("error", .semantic)] {
      #expect(await FixtureSession.answer(library, to: name).fault?.code == code)
    }
  }

  @Test(arguments: 0..<4)
  func `lengths and counts that no memory has are refused, and nothing behind them is read`(length: Int)
    async throws
  {
    let library = try load("impossible_lengths.c")
    for place in [
      "method", "target", "resource", "request body", "headers", "fields", "cursor", "scope", "condition",
    ] { _ = await breach(library, "\(length)\(place)") }
    for place in ["value", "word", "sourcedId", "name of a field", "reject", "note", "error"] {
      let fault = await FixtureSession.answer(library, to: "\(length)\(place)").fault
      #expect(fault?.code == .semantic, "\(place): \(String(describing: fault))")
      #expect(fault.map { $0.message.utf8.count <= 1_024 && $0.pointer.utf8.count <= 256 } == true)
    }
  }

  @Test func `the sink takes so much of each thing and no more`() async throws {
    let library = try load("floods_sink.c")
    #expect(await breach(library, "fields") == "a record has 20000 fields; 4096 are the most")
    #expect(await breach(library, "conditions") == "the scope of an end has 20000 conditions; 8 are the most")
    #expect(await breach(library, "ends") == "it ended more than 10000 streams in one call")
    let notes = try await FixtureSession.answer(library, to: "notes").get().notes
    #expect(notes.count == 64)
    #expect(notes.allSatisfy { $0.text.unicodeScalars.count <= 1_024 })
  }

  @Test func `a provider that reads the clock or starts a thread works, and gives itself away by its output`()
    async throws
  {
    let clock = try load("reads_clock.c")
    let first = try await FixtureSession.answer(clock, to: "Elm").get().records
    let second = try await FixtureSession.answer(clock, to: "Elm").get().records
    #expect(first != second, "the same input gives another output")
    let thread = try load("starts_thread.c")
    #expect(try await FixtureSession.answer(thread, to: "Elm").get().records.count == 1)
  }
}
