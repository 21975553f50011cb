import HostModel
import SyncCore

/// One run as it stands in the database.
package struct RunRecord: Sendable, Equatable {
  package var id: RunID
  package var integration: IntegrationID
  package var provider: ProviderID
  package var providerVersion: String
  package var mode: SyncMode
  package var state: RunState
  package var startedAt: HostInstant
  package var endedAt: HostInstant?
  package var pages: Int
  package var tallies: [RecordKind: KindTally]
  package var findings: [String]
  package var error: HostError?

  package init(
    id: RunID, integration: IntegrationID, provider: ProviderID, providerVersion: String, mode: SyncMode,
    state: RunState, startedAt: HostInstant, endedAt: HostInstant?, pages: Int,
    tallies: [RecordKind: KindTally], findings: [String], error: HostError?
  ) {
    self.id = id
    self.integration = integration
    self.provider = provider
    self.providerVersion = providerVersion
    self.mode = mode
    self.state = state
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.pages = pages
    self.tallies = tallies
    self.findings = findings
    self.error = error
  }
}
