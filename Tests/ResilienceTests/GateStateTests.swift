import HostModel
import Testing

@testable import Resilience

@Suite struct GateStateTests {
  private let start = HostInstant(milliseconds: 1_700_000_000_000)

  @Test func `a request waits for its slot however far away it is`() {
    var gate = GateState(limiter: RateLimiter(perMinute: 1))
    var slot = gate.reserve(now: start)
    for _ in 0..<10 { slot = gate.reserve(now: start) }
    #expect(slot == start.advanced(byMilliseconds: 600_000))
    #expect(gate.admit(slot: slot, now: start) == .wait(until: slot, .rateLimit))
    #expect(gate.admit(slot: slot, now: slot) == .go(generation: 0))
  }

  @Test func `nothing starts before the source's own time, whatever the limiter says`() {
    var gate = GateState(limiter: RateLimiter(perMinute: 6_000))
    guard case .go(let generation) = gate.admit(slot: start, now: start) else { return #expect(Bool(false)) }
    gate.record(.throttled, retryAfterMilliseconds: 5_000, generation: generation, now: start, random: 0)
    let until = start.advanced(byMilliseconds: 5_000)
    #expect(gate.admit(slot: start, now: start) == .wait(until: until, .sourceAsked))
    #expect(gate.admit(slot: start, now: until) == .go(generation: 0))
  }

  @Test func `a shorter wait does not shorten a longer one`() {
    var gate = GateState(limiter: RateLimiter(perMinute: 60))
    gate.record(.throttled, retryAfterMilliseconds: 50_000, generation: 0, now: start, random: 0)
    gate.record(.throttled, retryAfterMilliseconds: 1_000, generation: 0, now: start, random: 0)
    #expect(gate.notBefore == start.advanced(byMilliseconds: 50_000))
  }

  @Test func `a pause longer than a run waits parks it`() {
    var gate = GateState(limiter: RateLimiter(perMinute: 60))
    gate.record(.failed, retryAfterMilliseconds: 90_000, generation: 0, now: start, random: 0)
    let until = start.advanced(byMilliseconds: 90_000)
    #expect(gate.admit(slot: start, now: start) == .park(until: until, .sourceAsked))
  }

  @Test func `being throttled does not open the breaker and failing does`() {
    var gate = GateState(limiter: RateLimiter(perMinute: 60))
    for _ in 0..<30 { gate.record(.throttled, retryAfterMilliseconds: nil, generation: 0, now: start, random: 0) }
    #expect(gate.breaker.state == .closed)
    for _ in 0..<5 { gate.record(.failed, retryAfterMilliseconds: nil, generation: 0, now: start, random: 0) }
    #expect(gate.breaker.state != .closed)
  }
}
