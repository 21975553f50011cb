import HostModel
import Testing

@testable import Resilience

@Suite struct RateLimiterTests {
  private let start = HostInstant(milliseconds: 1_700_000_000_000)

  @Test func `sixty a minute start one second apart`() {
    var limiter = RateLimiter(perMinute: 60)
    let starts = (0..<5).map { _ in start.milliseconds(until: limiter.reserve(now: start)) }
    #expect(starts == [0, 1_000, 2_000, 3_000, 4_000])
  }

  @Test(arguments: [60, 80, 100, 7])
  func `never more starts in any minute than the limit and its burst`(_ perMinute: Int) {
    var limiter = RateLimiter(perMinute: perMinute)
    let starts = (0..<perMinute * 4).map { _ in limiter.reserve(now: start).milliseconds }
    for first in starts.indices {
      let within = starts[first...].prefix { $0 < starts[first] + 60_000 }.count
      #expect(within <= perMinute)
    }
  }

  @Test func `a burst may start together after a pause and not again at once`() {
    var limiter = RateLimiter(perMinute: 60, burst: 3)
    let starts = (0..<5).map { _ in start.milliseconds(until: limiter.reserve(now: start)) }
    #expect(starts == [0, 0, 0, 1_000, 2_000])
  }

  @Test func `an unused minute is not saved up`() {
    var limiter = RateLimiter(perMinute: 60)
    _ = limiter.reserve(now: start)
    let later = start.advanced(byMilliseconds: 600_000)
    let starts = (0..<3).map { _ in later.milliseconds(until: limiter.reserve(now: later)) }
    #expect(starts == [0, 1_000, 2_000])
  }

  @Test func `a minimum interval beats a higher rate and any burst`() {
    var limiter = RateLimiter(perMinute: 6_000, burst: 10, minIntervalMilliseconds: 250)
    let starts = (0..<3).map { _ in start.milliseconds(until: limiter.reserve(now: start)) }
    #expect(starts == [0, 250, 500])
  }

  @Test func `extreme numbers do not trap`() {
    var limiter = RateLimiter(perMinute: .max, burst: .max, minIntervalMilliseconds: .max)
    _ = limiter.reserve(now: HostInstant(milliseconds: .max))
    _ = limiter.reserve(now: HostInstant(milliseconds: .min))
    var zero = RateLimiter(perMinute: 0, burst: 0, minIntervalMilliseconds: -1)
    _ = zero.reserve(now: start)
  }
}
