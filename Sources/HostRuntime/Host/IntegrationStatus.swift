import HostModel
import SyncCore

/// How an integration stands, from its last run.
package struct IntegrationStatus: Sendable, Equatable {
  /// The words of design.md section 6, as far as a command without a daemon can know them.
  package enum Word: String, Sendable, CaseIterable {
    /// The last run was published.
    case ok
    case running
    /// The last run ended early and goes on from there.
    case waiting
    case held
    /// The last run failed.
    case degraded
    /// The SIS refuses the credential.
    case needsAuthorization = "needs-authorization"
    case disabled
    /// There was no run yet.
    case new
  }

  package var integration: IntegrationID
  package var word: Word
  package var lastRun: RunRecord?
  package var live: [RecordKind: Int]

  /// The word for an integration whose last run is this one.
  package static func word(isEnabled: Bool, lastRun: RunRecord?) -> Word {
    guard isEnabled else { return .disabled }
    guard let lastRun else { return .new }
    switch lastRun.state {
    case .running: return .running
    case .interrupted: return .waiting
    case .published, .planned: return .ok
    case .held: return .held
    case .failed: return lastRun.error?.category == .authentication ? .needsAuthorization : .degraded
    }
  }
}
