import HostModel
import Resilience
import SyncCore

/// Performs one attempt at one request of a run: over the network, or from a recording.
protocol AttemptPerformer: Sendable {
  /// - Parameters:
  ///   - lastGrant: the token generation that the previous attempt at this request used.
  ///   - waiting: told why and until when the attempt is held back.
  func perform(
    _ attempt: SendAttempt, lastGrant: Int?,
    waiting: @escaping @Sendable (GateState.Reason, HostInstant) -> Void
  ) async -> RequestPerformer.Attempted
}
