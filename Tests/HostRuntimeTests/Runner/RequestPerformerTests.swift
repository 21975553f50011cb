import CurlTransport
import HostModel
import Resilience
import TestSupport
import Testing
import TokenVault

@testable import HostRuntime
@testable import SyncCore

/// What one attempt leaves behind in the gate: seen with a real connection and a virtual clock.
@Suite struct RequestPerformerTests {
  private let clock = VirtualClock()
  private let oak = IntegrationID(rawValue: "oak")
  private let gate: RequestGate

  init() { gate = RequestGate(clock: clock) }

  /// Sends one request to a server that gives this answer.
  private func perform(
    _ answer: String, secrets: [String: SecretText] = [:], headers: [HTTPHeader] = []
  ) async throws -> SyncEvent {
    let server = try RawServer(answering: answer)
    await gate.register(oak, limiter: RateLimiter(perMinute: 60_000))
    let transport = try CurlTransport()
    let broker = TokenBroker(transport: transport, clock: clock)
    await broker.register(oak, scheme: .none)
    let performer = RequestPerformer(
      integration: oak, baseURL: server.url, allowedHosts: [], limits: .standard, secrets: secrets,
      gate: gate, broker: broker, transport: transport, clock: clock, recorder: nil)
    let request = ProviderRequest(id: 1, target: "/x", resource: "x", headers: headers, expect: .json)
    let attempt = SendAttempt(
      key: RequestKey(session: 0, id: 1), request: request, number: 1, notBefore: nil,
      wantsNewCredential: false)
    return await performer.perform(attempt, lastGrant: nil) { _, _ in }.event
  }

  private static func answer(_ status: Int, _ header: String = "", _ body: String = "") -> String {
    "HTTP/1.1 \(status) X\r\n\(header)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var answer: String
    /// Seconds that nothing starts for.
    var pause: Int64?
    /// Does it count against the source's health?
    var isFailure = false
  }

  private static let words = "There were too many requests; wait 7 seconds before the next one."

  @Test(arguments: [
    Row(testDescription: "200", answer: answer(200, "", "{}")),
    Row(testDescription: "404", answer: answer(404)),
    Row(testDescription: "403", answer: answer(403, "", "no right to it")),
    Row(testDescription: "429 with Retry-After", answer: answer(429, "Retry-After: 9\r\n"), pause: 9),
    Row(testDescription: "429 in words", answer: answer(429, "", words), pause: 7),
    Row(testDescription: "403 in words", answer: answer(403, "", words), pause: 7),
    Row(testDescription: "403 with both", answer: answer(403, "Retry-After: 9\r\n", words), pause: 9),
    Row(
      testDescription: "503 with Retry-After", answer: answer(503, "Retry-After: 9\r\n", words), pause: 9,
      isFailure: true),
    Row(testDescription: "500", answer: answer(500), isFailure: true),
  ])
  func `the gate learns what the answer says of the source`(_ row: Row) async throws {
    for _ in 0..<CircuitBreaker.failuresInARow {
      let now = clock.now
      guard case .exchanged(_, .success) = try await perform(row.answer) else {
        Issue.record("no answer")
        return
      }
      let state = try #require(await gate.state(of: oak))
      #expect(state.notBefore == row.pause.map { now.advanced(byMilliseconds: $0 * 1_000) })
      if let pause = row.pause { try await clock.sleep(until: now.advanced(byMilliseconds: pause * 1_000)) }
    }
    let state = try #require(await gate.state(of: oak))
    #expect((state.breaker.state == .closed) == !row.isFailure)
  }

  @Test func `a request whose secret cannot be read does not take the place of a probe`() async throws {
    for _ in 0..<CircuitBreaker.failuresInARow { _ = try await perform(Self.answer(500)) }
    guard case .open(let until)? = await gate.state(of: oak)?.breaker.state else {
      Issue.record("the breaker is not open")
      return
    }
    try await clock.sleep(until: until)
    let missing = SecretText(
      reference: .environment("NONE"), resolver: SecretResolver(folder: "/", environment: [:]))
    let refused = try await perform(
      Self.answer(200, "", "{}"), secrets: ["@key@": missing], headers: [HTTPHeader("x-key", "@key@")])
    guard case .refused(_, let error, _) = refused else {
      Issue.record("it was sent")
      return
    }
    #expect(error.code == "secret-unreadable")
    // Only one probe goes out at a time: the place is still free.
    var breaker = try #require(await gate.state(of: oak)).breaker
    guard case .go = breaker.admit(now: clock.now) else {
      Issue.record("no probe can go out any more")
      return
    }
  }
}
