import HostModel

/// Everything that decides whether a request of one integration may start, asked in one place: the breaker, the
/// source's own word (`Retry-After`), and the rate limit. A value: the caller brings the time.
package struct GateState: Sendable, Equatable {
  package enum Reason: String, Sendable, Equatable {
    case rateLimit = "rate limit"
    case sourceAsked = "the source asked to wait"
    case breakerOpen = "the source is failing"
  }

  package enum Decision: Sendable, Equatable {
    case go(generation: Int)
    /// Wait until then, and ask again with the slot that was taken.
    case wait(until: HostInstant, Reason)
    /// Longer than a run waits: end the run and take it up again from then on.
    case park(until: HostInstant, Reason)
  }

  package private(set) var limiter: RateLimiter
  package private(set) var breaker: CircuitBreaker
  /// Nothing starts before this, whatever the limiter says.
  package private(set) var notBefore: HostInstant?
  package let longestWaitMilliseconds: Int64
  /// What failed last, in words: why a breaker is open.
  package private(set) var lastFailure: String?
  private var hasAnswered = false

  package init(
    limiter: RateLimiter, breaker: CircuitBreaker = CircuitBreaker(), longestWaitMilliseconds: Int64 = 60_000
  ) {
    self.limiter = limiter
    self.breaker = breaker
    self.longestWaitMilliseconds = longestWaitMilliseconds
  }

  /// Takes the next slot of the rate limit. Each request does so once, then asks `admit` until it may go.
  package mutating func reserve(now: HostInstant) -> HostInstant { limiter.reserve(now: now) }

  /// May the request that holds `slot` start now?
  package mutating func admit(slot: HostInstant, now: HostInstant) -> Decision {
    if let until = notBefore, now < until { return wait(until: until, .sourceAsked, now: now) }
    // A queue behind a slow limit is patience, not trouble: it never parks.
    if now < slot { return .wait(until: slot, .rateLimit) }
    switch breaker.admit(now: now) {
    case .go(let generation): return .go(generation: generation)
    case .wait(let until): return waitForBreaker(until: until, now: now)
    }
  }

  /// A source that answered before is waited for once. One that never did, or whose probe failed, is not: the run
  /// ends with the reason, and goes on from its cursor another time.
  private func waitForBreaker(until: HostInstant, now: HostInstant) -> Decision {
    guard case .open = breaker.state else { return .wait(until: until, .breakerOpen) }
    guard hasAnswered, breaker.timesOpened == 1 else { return .park(until: until, .breakerOpen) }
    return wait(until: until, .breakerOpen, now: now)
  }

  private func wait(until: HostInstant, _ reason: Reason, now: HostInstant) -> Decision {
    now.milliseconds(until: until) > longestWaitMilliseconds
      ? .park(until: until, reason) : .wait(until: until, reason)
  }

  package mutating func abandon(generation: Int) { breaker.abandon(generation: generation) }

  /// How an admitted exchange ended.
  package enum Outcome: Sendable, Equatable {
    case answered
    /// Resolve, connect, TLS, time-out, 5xx, incomplete: the source's health is in doubt.
    case failed
    /// 429 and its kin: the limiter's business, not the breaker's.
    case throttled
    /// Says nothing of the source: cancelled, refused by ourselves.
    case unknown
  }

  /// - Parameter because: of a failure, in words.
  package mutating func record(
    _ outcome: Outcome, because: String? = nil, retryAfterMilliseconds: Int64?, generation: Int,
    now: HostInstant, random: Double
  ) {
    if let because { lastFailure = because }
    if outcome == .answered { hasAnswered = true }
    if let asked = retryAfterMilliseconds {
      let until = now.advanced(byMilliseconds: asked)
      notBefore = notBefore.map { max($0, until) } ?? until
    }
    switch outcome {
    case .answered, .throttled: breaker.record(failed: false, generation: generation, now: now, random: random)
    case .failed: breaker.record(failed: true, generation: generation, now: now, random: random)
    case .unknown: breaker.abandon(generation: generation)
    }
  }
}
