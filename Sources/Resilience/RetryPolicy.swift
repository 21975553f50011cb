import HostModel

/// Whether and when one request is tried again: at this layer only, at most `retries` times after the first,
/// with full jitter, or when the source said so (design.md section 7).
package struct RetryPolicy: Sendable, Equatable {
  package var retries: Int
  package var backoff: Backoff
  /// What is waited inside a run at the most; a source that asks for more parks the run.
  package var longestWaitMilliseconds: Int64

  package init(
    retries: Int = 3, backoff: Backoff = Backoff(), longestWaitMilliseconds: Int64 = 60_000
  ) {
    self.retries = retries
    self.backoff = backoff
    self.longestWaitMilliseconds = longestWaitMilliseconds
  }

  package enum Decision: Sendable, Equatable {
    case retry(at: HostInstant)
    /// The source asks for a longer pause than a run waits for: run again from then on.
    case park(until: HostInstant)
    case giveUp
  }

  /// - Parameters:
  ///   - attempt: how many times the request was sent so far, from 1.
  ///   - retryAfterMilliseconds: what the source asked for, where it did.
  ///   - random: 0..<1.
  package func decide(
    attempt: Int, retryAfterMilliseconds: Int64?, isRepeatable: Bool, wasTimeout: Bool,
    budget: inout RetryBudget, now: HostInstant, random: Double
  ) -> Decision {
    guard isRepeatable else { return .giveUp }
    if let asked = retryAfterMilliseconds, asked > longestWaitMilliseconds {
      return .park(until: now.advanced(byMilliseconds: asked))
    }
    guard attempt <= retries, budget.takeRetry(afterTimeout: wasTimeout, now: now) else { return .giveUp }
    let drawn = backoff.delay(retry: attempt - 1, random: random)
    return .retry(at: now.advanced(byMilliseconds: max(drawn, retryAfterMilliseconds ?? 0)))
  }
}
