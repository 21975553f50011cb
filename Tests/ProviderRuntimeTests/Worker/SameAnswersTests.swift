import HostModel
import ProviderRuntime
import SyncCore
import TestSupport
import Testing

/// A provider is answered alike in this process and in a worker, byte for byte, whatever it does with the
/// sink.
@Suite struct SameAnswersTests {
  private static func outcome(_ call: () async throws(ProviderFault) -> SessionAnswer) async -> String {
    do { return try await call().text } catch { return "fault \(error)" }
  }

  /// What opening, asking, three pages and asking again come to.
  private func outcomes(_ open: () async throws(ProviderFault) -> any ProviderSession) async -> [String] {
    let session: any ProviderSession
    do { session = try await open() } catch { return ["fault \(error)"] }
    var found: [String] = []
    for (request, status, body) in [(0, 0, ""), (1, 200, "Elm"), (2, 200, "O\"k"), (3, 404, ""), (0, 0, "")] {
      found.append(
        await Self.outcome { () async throws(ProviderFault) in
          request == 0
            ? try await session.next(grant: 1, now: HostInstant(milliseconds: 2))
            : try await session.feed(
              UInt64(request), HTTPResponse(status: status, body: Array(body.utf8)), grant: 1,
              now: HostInstant(milliseconds: 3))
        })
    }
    await session.close()
    return found
  }

  private func compare(_ provider: ProviderLibrary.Inspection, word: String) async throws {
    let opening = SessionOpening(config: Array(word.utf8), maxInFlight: 2, now: HostInstant(milliseconds: 1))
    let library = try ProviderLibrary.load(provider)
    let here = await outcomes { () async throws(ProviderFault) in
      try await InProcessSession.open(library, opening)
    }
    let there = await outcomes { () async throws(ProviderFault) in
      try await ProviderLauncher.built().open(provider, opening)
    }
    #expect(here == there)
  }

  @Test(arguments: 0...85)
  func `each way to call the sink`(number: Int) async throws {
    try await compare(WorkerFixture.provider("odd"), word: "\(number)")
  }

  @Test(arguments: [
    "well_behaved.c", "echoes_input.c", "asks_beyond_grant.c", "asks_other_origin.c", "bad_requests.c",
    "bad_text.c",
    "emits_after_error.c", "error_then_ok.c", "huge_cursor.c", "impossible_lengths.c", "newer_minor.c",
    "null_structs.c",
    "returns_status.c", "smaller_structs.c", "stuck_cursor.c", "transient_then_good.c",
    "undeclared_extensions.c", "unknown_numbers.c",
  ])
  func `each provider of the ABI's tests`(source: String) async throws {
    try await compare(ProviderLibrary.inspect(try Fixture.provider(source), trust: .notConfigured), word: "{}")
  }
}
