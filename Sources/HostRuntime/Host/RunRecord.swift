import HostModel
import SQLiteStore
import SyncCore

/// One run as it stands in the database.
package struct RunRecord: Sendable, Equatable {
  /// Why a run failed, as it was told then.
  package struct Failure: Sendable, Equatable {
    package var code: String
    package var message: String
    package var advice: String
    package init(code: String, message: String, advice: String) {
      self.code = code
      self.message = message
      self.advice = advice
    }

    /// The SIS refuses the credential: a person must give a new one.
    package var refusesCredential: Bool { code == "credential-refused" || code == "token-refused" }
    package var sentence: String { advice.isEmpty ? "\(message)." : "\(message). \(advice)." }
  }

  package var id: RunID
  package var integration: IntegrationID
  package var provider: ProviderID
  package var providerVersion: String
  package var mode: String
  package var isDryRun: Bool
  package var state: RunState
  package var startedAt: HostInstant
  package var endedAt: HostInstant?
  package var pages: Int
  package var tallies: [RecordKind: KindTally]
  package var findings: [String]
  package var failure: Failure?

  init(_ run: RosterReader.Run) {
    id = RunID(rawValue: run.id)
    integration = IntegrationID(rawValue: run.integration)
    provider = ProviderID(rawValue: run.provider)
    providerVersion = run.providerVersion
    mode = run.mode
    isDryRun = run.isDryRun
    state = run.state
    startedAt = run.startedAt
    endedAt = run.endedAt
    pages = run.pages
    tallies = run.tallies
    findings = run.findings
    failure = run.errorCode.map {
      Failure(code: $0, message: run.errorMessage ?? "", advice: run.errorAdvice ?? "")
    }
  }
}
