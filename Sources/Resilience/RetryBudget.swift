import HostModel

/// How many retries an integration may add in all: a bucket of 20, a retry takes 1, one after a time-out 2, a
/// success gives 0.1 back, so that in steady state retries add at most 10 %. Whatever the bucket says, one
/// retry in ten seconds is allowed, or an outage could never be seen to end (reliability.md 3.2).
package struct RetryBudget: Sendable, Equatable {
  /// In tenths, so that no rounding creeps in.
  private var tenths: Int
  private var lastAllowed: HostInstant?
  package static let capacityTenths = 200
  package static let probeMilliseconds: Int64 = 10_000

  package init() { tenths = Self.capacityTenths }

  package mutating func succeeded() { tenths = min(tenths + 1, Self.capacityTenths) }

  /// Takes the price of one retry, or refuses it.
  package mutating func takeRetry(afterTimeout: Bool, now: HostInstant) -> Bool {
    let price = afterTimeout ? 20 : 10
    if tenths >= price {
      tenths -= price
      lastAllowed = now
      return true
    }
    if let last = lastAllowed, last.milliseconds(until: now) < Self.probeMilliseconds { return false }
    lastAllowed = now
    return true
  }
}
