import HostModel
import Resilience
import Testing

@testable import HostRuntime

@Suite struct RequestGateTests {
  private let clock = VirtualClock()
  private let oak = IntegrationID(rawValue: "oak")
  private let elm = IntegrationID(rawValue: "elm")

  @Test func `requests of one integration start at its rate`() async throws {
    let gate = RequestGate(clock: clock)
    await gate.register(oak, limiter: RateLimiter(perMinute: 60))
    let start = clock.now
    for turn in 0..<5 {
      _ = try await gate.admit(oak) { _, _ in }
      #expect(start.milliseconds(until: clock.now) == Int64(turn) * 1_000)
    }
  }

  @Test func `a waiting request is told why and until when`() async throws {
    let gate = RequestGate(clock: clock)
    await gate.register(oak, limiter: RateLimiter(perMinute: 30))
    _ = try await gate.admit(oak) { _, _ in }
    let (waits, told) = AsyncStream.makeStream(of: (GateState.Reason, HostInstant).self)
    let start = clock.now
    _ = try await gate.admit(oak) { told.yield(($0, $1)) }
    told.finish()
    var seen: [GateState.Reason] = []
    for await (reason, until) in waits {
      seen.append(reason)
      #expect(until == start.advanced(byMilliseconds: 2_000))
    }
    #expect(seen == [.rateLimit])
  }

  @Test func `one integration's failures do not close the gate of another`() async throws {
    let gate = RequestGate(clock: clock)
    await gate.register(oak, limiter: RateLimiter(perMinute: 60_000))
    await gate.register(elm, limiter: RateLimiter(perMinute: 60_000))
    for _ in 0..<5 {
      let pass = try await gate.admit(oak) { _, _ in }
      await gate.record(pass, .failed)
    }
    #expect(await gate.state(of: oak)?.breaker.state != .closed)
    let before = clock.now
    _ = try await gate.admit(elm) { _, _ in }
    #expect(before.milliseconds(until: clock.now) < 10)
  }

  @Test func `a pause that is too long to wait parks the request`() async throws {
    let gate = RequestGate(clock: clock)
    await gate.register(oak, limiter: RateLimiter(perMinute: 60))
    let pass = try await gate.admit(oak) { _, _ in }
    await gate.record(pass, .throttled, retryAfterMilliseconds: 3_600_000)
    let until = clock.now.advanced(byMilliseconds: 3_600_000)
    do {
      _ = try await gate.admit(oak) { _, _ in }
      Issue.record("it was let through")
    } catch let parked as RequestGate.Parked { #expect(parked.until == until) }
  }
}
