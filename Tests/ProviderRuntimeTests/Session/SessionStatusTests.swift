import HostModel
import SyncCore
import TestSupport
import Testing

@testable import ProviderRuntime

/// How a call ends: by its status, and by what was reported before.
@Suite struct SessionStatusTests {
  private let returning: ProviderLibrary

  init() throws { returning = try ProviderLibrary.load(try Fixture.provider("returns_status.c")) }

  private func returns(_ status: Int32) async -> Result<SessionAnswer, ProviderFault> {
    await FixtureSession.answer(returning, to: "\(status)")
  }

  @Test func `0 goes on and 1 is the end, both with what was emitted`() async throws {
    for status in [Int32(0), 1] {
      let answer = try await returns(status).get()
      #expect(answer.isDone == (status == 1))
      #expect(answer.records.count == 1)
    }
  }

  @Test func `each error class is told by its name, though no reason was given`() async throws {
    for code in ProviderFault.Code.allCases where code.rawValue > -100 {
      let fault = await returns(code.rawValue).fault
      #expect(
        fault
          == ProviderFault(code, "it failed with status \(code.rawValue) and gave no reason", requestID: 1))
    }
  }

  @Test func `an error class that is not known counts as an error in the provider, and its number is told`()
    async throws
  {
    for status in [-16, -99, -100, -101, -102, Int32.min] {
      let fault = await returns(status).fault
      #expect(
        fault == ProviderFault(.internal, "it failed with status \(status) and gave no reason", requestID: 1))
    }
  }

  @Test func `a progress that there is not is a breach of the contract`() async throws {
    for status in [2, 77, Int32.max] {
      #expect(
        await returns(status).fault == ProviderFault(.contract, "it returned \(status), which is no status"))
    }
  }

  @Test func `success after an error is a breach of the contract, and the error is told`() async throws {
    let library = try ProviderLibrary.load(try Fixture.provider("error_then_ok.c"))
    #expect(
      await FixtureSession.answer(library, to: "Elm").fault
        == ProviderFault(.contract, "it returned 0 after reporting an error: the page says that it failed"))
  }

  @Test func `after an error nothing of the call is kept, whatever the provider goes on to emit`()
    async throws
  {
    let session = try await FixtureSession("emits_after_error.c")
    _ = try await session.next()
    await #expect(throws: ProviderFault(.semantic, "the page says that it failed", requestID: 1)) {
      try await session.feed("Elm")
    }
    let next = try await session.next()
    #expect(next.records.isEmpty && next.resume == nil, "nothing is left over for the next call")
    await session.close()
  }

  @Test func `after a passing failure the same request is fed again, and the half page is forgotten`()
    async throws
  {
    let session = try await FixtureSession("transient_then_good.c")
    for page in 1...3 {
      let asked = try await session.next()
      #expect(asked.requests.map(\.target) == ["/page/\(page)"])
      let throttled = ProviderFault(
        .throttled, "the page says \"slow down\"", pointer: "/error/code", requestID: 1,
        retryAfterMilliseconds: 1_500)
      #expect(throttled.repeatsRequest)
      await #expect(throws: throttled) { try await session.feed("half") }
      let answer = try await session.feed("Elm")
      #expect(answer.records == [#"{"sourcedId":"\#(page)","name":"Elm","orgType":"school"}"#])
      #expect(answer.resume == Cursor(version: 1, bytes: [UInt8(page)]))
    }
    await session.close()
  }
}
