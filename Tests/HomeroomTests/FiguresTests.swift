import HostModel
import HostRuntime
import SyncCore
import Testing

@testable import homeroom

struct FiguresTests {
  @Test(arguments: [
    (0, "1970-01-01 00:00:00"), (951_782_399_999, "2000-02-28 23:59:59"),
    (951_782_400_000, "2000-02-29 00:00:00"),
    (1_795_500_000_000, "2026-11-24 06:00:00"), (-1, "1969-12-31 23:59:59"),
    (4_107_542_400_000, "2100-03-01 00:00:00"),
  ])
  func `a moment is told in UTC`(milliseconds: Int64, text: String) {
    #expect(Figures.moment(HostInstant(milliseconds: milliseconds)) == text)
  }

  @Test func `a moment at the end of time does not trap`() {
    #expect(!Figures.moment(HostInstant(milliseconds: .max)).isEmpty)
    #expect(!Figures.moment(HostInstant(milliseconds: .min)).isEmpty)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `numbers are grouped by thousands`(number: Int, text: String) {
    #expect(Figures.grouped(number) == text)
  }

  @Test func `progress tells records, pages, rate and why it waits`() {
    let progress = SyncProgress(
      phase: "reading", received: 12_000, pages: 120, requests: 130, elapsedMilliseconds: 4_200,
      waiting: "rate limit, 3 s")
    #expect(
      ProgressDisplay.text("oak", progress)
        == "oak: reading, 12,000 records, 120 pages, 3,000 records/s, 4.2 s; waiting: rate limit, 3 s")
  }

  @Test func `an integration's word follows from its last run`() {
    func word(_ state: RunState, refused: Bool = false, isEnabled: Bool = true) -> IntegrationStatus.Word {
      IntegrationStatus.word(isEnabled: isEnabled, state: state, refusesCredential: refused)
    }
    #expect(word(.published, isEnabled: false) == .disabled)
    #expect(word(.published) == .ok)
    #expect(word(.interrupted) == .waiting)
    #expect(word(.held) == .held)
    #expect(word(.failed) == .degraded)
    #expect(word(.failed, refused: true) == .needsAuthorization)
  }
}
