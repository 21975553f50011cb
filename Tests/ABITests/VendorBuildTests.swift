import HostModel
import ProviderRuntime
import SyncCore
import TestSupport
import Testing

/// What a vendor builds with nothing but the header and a compiler is loaded by the host and driven through a session.
@Suite struct VendorBuildTests {
  private static let now = HostInstant(milliseconds: 1_790_000_000_000)

  /// Drives both of the fixture's requests, answered in the other order.
  private func session(_ file: String, id: String) async throws {
    let library = try ProviderLibrary.load(file, trust: .notConfigured)
    #expect(library.manifest.id == id)
    let session = try await InProcessSession.open(library, SessionOpening(maxInFlight: 2, now: Self.now))
    let asked = try await session.next(grant: 2, now: Self.now)
    #expect(
      asked.requests == [
        ProviderRequest(
          id: 1, target: "/users", resource: "pages", headers: [HTTPHeader("accept", "text/plain")],
          expect: .csv),
        ProviderRequest(
          id: 2, method: "POST", target: "/more?after=1", resource: "pages",
          headers: [HTTPHeader("accept", "text/plain")], body: Array("q=1".utf8), expect: .csv,
          sendsCredential: false, isRepeatable: false),
      ])
    let second = try await session.feed(
      2, HTTPResponse(status: 200, body: Array("Ash".utf8)), grant: 0, now: Self.now)
    #expect(second.batch.entries.map { second.batch.json(of: $0) } == [Self.user("S2", "Ash")])
    #expect(second.resume == Cursor(version: 1, bytes: [2]))
    #expect(second.rejects == [Self.reject])
    #expect(!second.isDone && second.bookmark == nil && second.ends.isEmpty)
    let first = try await session.feed(
      1, HTTPResponse(status: 200, body: Array("Elm \"x\"".utf8)), grant: 0, now: Self.now)
    #expect(first.batch.entries.map { first.batch.json(of: $0) } == [Self.user("S1", #"Elm \"x\""#)])
    #expect(first.bookmark == Cursor(version: 1, bytes: Array("since-1".utf8)))
    #expect(first.notes == [ProviderNote(isWarning: true, text: "field email never seen")])
    #expect(
      first.ends == [
        StreamEnd(
          kind: .user, complete: true, scope: [StreamEnd.Condition(field: 82, value: "3")], expected: 2)
      ])
    #expect(first.isDone)
    await session.close()
  }

  private static func user(_ id: String, _ name: String) -> String {
    #"{"sourcedId":"\#(id)","identifiers":[{"type":"stateId","value":"0042"}],"ext":{"bus":["12"]},"#
      + #""familyName":"\#(name)","grades":["02","03"],"roles":[{"role":"student","org":"3"}]}"#
  }

  private static let reject = RecordReject(
    kind: .org, sourcedID: "9", field: "name", reason: "the school has no name")

  @Test func `a provider in C is loaded and driven, whichever compiler built it`() async throws {
    for compiler in try CCompiler.all(.c) {
      try await session(try Fixture.provider("well_behaved.c", compiler: compiler), id: "well-behaved")
    }
  }

  @Test func `a provider in C++17 is loaded and driven, whichever compiler built it`() async throws {
    for compiler in try CCompiler.all(.cxx) {
      try await session(try Fixture.provider("well_behaved.cpp", compiler: compiler), id: "well-behaved-cxx")
    }
  }
}
