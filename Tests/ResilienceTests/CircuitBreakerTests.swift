import HostModel
import Testing

@testable import Resilience

@Suite struct CircuitBreakerTests {
  private let start = HostInstant(milliseconds: 1_700_000_000_000)

  /// Sends one exchange through; answers false if the breaker does not admit it.
  private func exchange(_ breaker: inout CircuitBreaker, failed: Bool, at now: HostInstant) -> Bool {
    guard case .go(let generation) = breaker.admit(now: now) else { return false }
    breaker.record(failed: failed, generation: generation, now: now, random: 0.5)
    return true
  }

  private func tripped() -> CircuitBreaker {
    var breaker = CircuitBreaker()
    for _ in 0..<5 { _ = exchange(&breaker, failed: true, at: start) }
    return breaker
  }

  @Test func `four failures in a row keep it closed and the fifth opens it for thirty seconds`() {
    var breaker = CircuitBreaker()
    for _ in 0..<4 { #expect(exchange(&breaker, failed: true, at: start)) }
    #expect(breaker.state == .closed)
    #expect(exchange(&breaker, failed: true, at: start))
    #expect(breaker.state == .open(until: start.advanced(byMilliseconds: 30_000)))
    #expect(!exchange(&breaker, failed: false, at: start))
  }

  @Test func `half of twenty within a minute opens it without five in a row`() {
    var breaker = CircuitBreaker()
    for turn in 0..<18 { #expect(exchange(&breaker, failed: turn % 2 == 0, at: start)) }
    #expect(breaker.state == .closed)
    #expect(exchange(&breaker, failed: false, at: start))
    #expect(breaker.state == .closed)
    #expect(exchange(&breaker, failed: true, at: start))
    #expect(breaker.state != .closed)
  }

  @Test func `failures older than a minute do not count`() {
    var breaker = CircuitBreaker()
    for turn in 0..<18 { _ = exchange(&breaker, failed: turn % 2 == 0, at: start) }
    let later = start.advanced(byMilliseconds: 61_000)
    #expect(exchange(&breaker, failed: true, at: later))
    #expect(breaker.state == .closed)
  }

  @Test func `one probe at a time, and two successes close it`() {
    var breaker = tripped()
    let later = start.advanced(byMilliseconds: 31_000)
    guard case .go(let probe) = breaker.admit(now: later) else { return #expect(Bool(false)) }
    guard case .wait = breaker.admit(now: later) else { return #expect(Bool(false), "a second probe") }
    breaker.record(failed: false, generation: probe, now: later, random: 0.5)
    #expect(breaker.state == .halfOpen)
    #expect(exchange(&breaker, failed: false, at: later))
    #expect(breaker.state == .closed)
  }

  @Test func `a failed probe opens it for twice as long, up to ten minutes`() {
    var breaker = tripped()
    var now = start
    var pauses: [Int64] = []
    for _ in 0..<7 {
      guard case .open(let until) = breaker.state else { return #expect(Bool(false)) }
      pauses.append(now.milliseconds(until: until))
      now = until
      #expect(exchange(&breaker, failed: true, at: now))
    }
    #expect(pauses == [30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000])
  }

  @Test func `a late answer of an earlier generation changes nothing`() {
    var breaker = CircuitBreaker()
    guard case .go(let old) = breaker.admit(now: start) else { return #expect(Bool(false)) }
    for _ in 0..<5 { _ = exchange(&breaker, failed: true, at: start) }
    let before = breaker
    breaker.record(failed: false, generation: old, now: start, random: 0.5)
    #expect(breaker == before)
  }

  @Test func `an abandoned probe frees its place`() {
    var breaker = tripped()
    let later = start.advanced(byMilliseconds: 31_000)
    guard case .go(let probe) = breaker.admit(now: later) else { return #expect(Bool(false)) }
    breaker.abandon(generation: probe)
    #expect(exchange(&breaker, failed: false, at: later))
  }
}
