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
  static func word(isEnabled: Bool, lastRun: RunRecord?) -> Word {
    guard let lastRun else { return isEnabled ? .new : .disabled }
    return word(
      isEnabled: isEnabled, state: lastRun.state,
      refusesCredential: lastRun.failure?.refusesCredential ?? false)
  }

  package static func word(isEnabled: Bool, state: RunState, refusesCredential: Bool) -> Word {
    guard isEnabled else { return .disabled }
    switch state {
    case .running: return .running
    case .interrupted: return .waiting
    case .published, .planned: return .ok
    case .held: return .held
    case .failed: return refusesCredential ? .needsAuthorization : .degraded
    }
  }
}
