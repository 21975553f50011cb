import Testing

@testable import Resilience

@Suite struct BackoffTests {
  @Test(arguments: [(0, 500), (1, 1_000), (2, 2_000), (3, 4_000), (6, 30_000), (10, 30_000), (1_000, 30_000)])
  func `the ceiling doubles up to the cap`(_ row: (retry: Int, ceiling: Int64)) {
    #expect(Backoff().ceiling(retry: row.retry) == row.ceiling)
  }

  @Test func `the delay is the drawn share of the ceiling`() {
    #expect(Backoff().delay(retry: 2, random: 0) == 0)
    #expect(Backoff().delay(retry: 2, random: 0.5) == 1_000)
    #expect(Backoff().delay(retry: 2, random: 7) == 2_000)
  }

  @Test func `no number of retries and no cap overflows`() {
    let backoff = Backoff(baseMilliseconds: .max, capMilliseconds: .max)
    #expect(backoff.ceiling(retry: .max) == .max)
    #expect(Backoff().ceiling(retry: .min) == 500)
  }
}
