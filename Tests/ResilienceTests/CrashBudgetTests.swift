import HostModel
import Testing

@testable import Resilience

@Suite struct CrashBudgetTests {
  private let start = HostInstant(milliseconds: 1_700_000_000_000)

  @Test func `a provider that dies is started at once, then later and later, and the fifth time disabled`() {
    var budget = CrashBudget()
    let decisions = (0..<5).map { budget.record(now: start.advanced(byMilliseconds: Int64($0) * 10_000)) }
    #expect(
      decisions == [
        .restart(afterMilliseconds: 0), .restart(afterMilliseconds: 1_000), .restart(afterMilliseconds: 2_000),
        .restart(afterMilliseconds: 4_000), .disable(crashes: 5),
      ])
  }

  @Test func `crashes of more than ten minutes ago are forgotten`() {
    var budget = CrashBudget()
    for turn in 0..<4 { _ = budget.record(now: start.advanced(byMilliseconds: Int64(turn))) }
    #expect(budget.record(now: start.advanced(byMilliseconds: 600_003)) == .restart(afterMilliseconds: 0))
  }

  @Test func `one crash every three minutes never disables`() {
    var budget = CrashBudget()
    for turn in 0..<100 {
      let decision = budget.record(now: start.advanced(byMilliseconds: Int64(turn) * 180_000))
      #expect(decision != .disable(crashes: 5), "turn \(turn)")
    }
  }
}
