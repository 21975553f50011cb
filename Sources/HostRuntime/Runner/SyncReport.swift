import HostModel
import SyncCore

/// What one run came to.
package struct SyncReport: Sendable {
  package var run: RunID
  package var state: RunState
  package var tallies: [RecordKind: KindTally]
  package var findings: [GuardFinding]
  package var statistics: SyncStatistics
  package var elapsedMilliseconds: Int64
  package var error: HostError?
  package var resumeAt: HostInstant?
  package var isResumed: Bool

  package init(
    run: RunID, state: RunState, tallies: [RecordKind: KindTally], findings: [GuardFinding],
    statistics: SyncStatistics, elapsedMilliseconds: Int64, error: HostError?, resumeAt: HostInstant?,
    isResumed: Bool
  ) {
    self.run = run
    self.state = state
    self.tallies = tallies
    self.findings = findings
    self.statistics = statistics
    self.elapsedMilliseconds = elapsedMilliseconds
    self.error = error
    self.resumeAt = resumeAt
    self.isResumed = isResumed
  }
}
