import HostModel

/// The generic cell rate algorithm: one number, the theoretical arrival time (TAT), decides when the next
/// request may start (throttled/throttled: rate.go; reliability.md 3.3).
///
/// With `T = period / limit` and `tau = T * burst`, a request that arrives at `now` starts at
/// `max(now, TAT - (tau - T))`, and TAT becomes `max(TAT, now) + T`. Requests are spread evenly; at most
/// `burst` of them start together after a pause.
package struct RateLimiter: Sendable, Equatable {
  /// T, in nanoseconds.
  package private(set) var intervalNanoseconds: Int64
  package private(set) var burst: Int64
  /// TAT, in nanoseconds since 1970.
  private var arrival: Int64 = .min

  /// - Parameters:
  ///   - perMinute: starts a minute, at least one.
  ///   - burst: starts that may stand together, at least one.
  ///   - minIntervalMilliseconds: never two starts closer than this (PowerSchool's plugin setting).
  package init(perMinute: Int, burst: Int = 1, minIntervalMilliseconds: Int = 0) {
    let even = 60_000_000_000 / Int64(max(perMinute, 1))
    let floor = Int64(clamping: max(minIntervalMilliseconds, 0)).multipliedSaturating(by: 1_000_000)
    intervalNanoseconds = max(even, floor, 1)
    self.burst = floor > 0 ? 1 : Int64(max(burst, 1))
  }

  /// Takes the next slot and answers when its request may start: `now` or later.
  package mutating func reserve(now: HostInstant) -> HostInstant {
    let present = now.milliseconds.multipliedSaturating(by: 1_000_000)
    let tolerance = intervalNanoseconds.multipliedSaturating(by: burst - 1)
    let start = arrival == .min ? present : max(present, arrival.subtractedSaturating(tolerance))
    arrival = max(arrival, present).addedSaturating(intervalNanoseconds)
    // Rounded up: a start a fraction of a millisecond early would break the promise.
    return start <= present ? now : HostInstant(milliseconds: (start.addedSaturating(999_999)) / 1_000_000)
  }
}

extension Int64 {
  func multipliedSaturating(by other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }
  func addedSaturating(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
  func subtractedSaturating(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }
}
