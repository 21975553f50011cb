import HostModel
import Testing

@testable import Resilience

@Suite struct RetryTests {
  private let now = HostInstant(milliseconds: 1_700_000_000_000)

  private func decide(_ attempt: Int, after: Int64? = nil, repeatable: Bool = true) -> RetryPolicy.Decision {
    var budget = RetryBudget()
    return RetryPolicy().decide(
      attempt: attempt, retryAfterMilliseconds: after, isRepeatable: repeatable, wasTimeout: false,
      budget: &budget, now: now, random: 0.5)
  }

  @Test func `three retries after the first attempt, each with the drawn delay`() {
    #expect(decide(1) == .retry(at: now.advanced(byMilliseconds: 250)))
    #expect(decide(2) == .retry(at: now.advanced(byMilliseconds: 500)))
    #expect(decide(3) == .retry(at: now.advanced(byMilliseconds: 1_000)))
    #expect(decide(4) == .giveUp)
  }

  @Test func `the source's word beats a shorter delay, and a long one parks the run`() {
    #expect(decide(1, after: 9_000) == .retry(at: now.advanced(byMilliseconds: 9_000)))
    #expect(decide(1, after: 60_000) == .retry(at: now.advanced(byMilliseconds: 60_000)))
    #expect(decide(1, after: 60_001) == .park(until: now.advanced(byMilliseconds: 60_001)))
  }

  @Test func `what must not be repeated is not`() { #expect(decide(1, repeatable: false) == .giveUp) }

  /// Takes one retry from `budget`.
  private func take(_ budget: inout RetryBudget, timeout: Bool = false, after milliseconds: Int64 = 0) -> Bool {
    budget.takeRetry(afterTimeout: timeout, now: now.advanced(byMilliseconds: milliseconds))
  }

  @Test func `the budget pays twenty retries, then one in ten seconds`() {
    var budget = RetryBudget()
    for _ in 0..<20 { #expect(take(&budget)) }
    #expect(!take(&budget, after: 9_999))
    #expect(take(&budget, after: 10_000))
    #expect(!take(&budget, after: 10_001))
  }

  @Test func `ten successes pay one retry, and a retry after a time-out costs two`() {
    var budget = RetryBudget()
    for _ in 0..<10 { #expect(take(&budget, timeout: true)) }
    for _ in 0..<9 { budget.succeeded() }
    #expect(!take(&budget))
    budget.succeeded()
    #expect(take(&budget))
  }

  @Test(arguments: [
    ("7", 7_000), ("0", 0), ("-1", 60_000), ("soon", 60_000), ("86401", 60_000),
    ("99999999999999999999", 60_000), ("Sun, 06 Nov 1994 08:50:07 GMT", 30_000),
    ("Sun, 06 Nov 1994 08:49:00 GMT", 0),
  ] as [(String, Int64)])
  func `Retry-After is read against the answer's own date`(_ row: (text: String, wait: Int64)) {
    let response = HTTPResponse(
      status: 429,
      headers: [
        HTTPHeader("date", "Sun, 06 Nov 1994 08:49:37 GMT"), HTTPHeader("retry-after", row.text),
      ])
    #expect(RetryAfter.milliseconds(in: response, now: now) == row.wait)
  }

  @Test func `no Retry-After is no wait`() {
    #expect(RetryAfter.milliseconds(in: HTTPResponse(status: 503), now: now) == nil)
  }

  @Test func `PS-Q23: the seconds stand in the throttle text`() {
    let text = #"{"message":"Too many requests, please wait 7 seconds before the next"}"#
    #expect(RetryAfter.millisecondsInThrottleText(Array(text.utf8)) == 7_000)
    #expect(RetryAfter.millisecondsInThrottleText(Array("too many requests".utf8)) == 1_000)
    #expect(RetryAfter.millisecondsInThrottleText(Array("no right to this".utf8)) == nil)
  }

  @Test func `an HTTP date is read to the second`() {
    #expect(HTTPDate.parse("Thu, 01 Jan 1970 00:00:00 GMT")?.milliseconds == 0)
    #expect(HTTPDate.parse("Tue, 29 Feb 2028 12:00:01 GMT")?.milliseconds == 1_835_438_401_000)
    for bad in ["", "now", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT"] {
      #expect(HTTPDate.parse(bad) == nil)
    }
  }
}
