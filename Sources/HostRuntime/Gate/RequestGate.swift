import HostModel
import Resilience

/// The one place that lets a request out: one decision by `GateState`, one wait, per integration.
package actor RequestGate {
  /// A request that may start now.
  package struct Pass: Sendable {
    let integration: IntegrationID
    let generation: Int
  }

  /// The pause that is too long for a run to wait.
  package struct Parked: Error, Sendable {
    package var until: HostInstant
    package var reason: GateState.Reason
    /// What failed last.
    package var because: String?
  }

  private let clock: any HostClock
  private var states: [IntegrationID: GateState] = [:]

  package init(clock: any HostClock) { self.clock = clock }

  /// Sets the limits of an integration, the first time it is seen.
  package func register(
    _ integration: IntegrationID, limiter: RateLimiter, breaker: CircuitBreaker = CircuitBreaker()
  ) {
    if states[integration] == nil { states[integration] = GateState(limiter: limiter, breaker: breaker) }
  }

  /// Waits until a request of this integration may start.
  ///
  /// - Parameter waiting: told why and until when, each time it has to wait.
  /// - Throws: `Parked`, or `CancellationError`.
  package func admit(
    _ integration: IntegrationID, waiting: @Sendable (GateState.Reason, HostInstant) -> Void
  ) async throws -> Pass {
    guard let slot = states[integration]?.reserve(now: clock.now) else {
      preconditionFailure("integration \(integration) was never registered with the gate")
    }
    while true {
      let decision = states[integration]?.admit(slot: slot, now: clock.now)
      switch decision {
      case .go(let generation): return Pass(integration: integration, generation: generation)
      case .wait(let until, let reason):
        waiting(reason, until)
        try await clock.sleep(until: until)
      case .park(let until, let reason): 
        throw Parked(until: until, reason: reason, because: states[integration]?.lastFailure)
      case nil: preconditionFailure("integration \(integration) was removed from the gate")
      }
    }
  }

  package func record(
    _ pass: Pass, _ outcome: GateState.Outcome, because: String? = nil, retryAfterMilliseconds: Int64? = nil
  ) {
    states[pass.integration]?.record(
      outcome, because: because, retryAfterMilliseconds: retryAfterMilliseconds, generation: pass.generation, now: clock.now,
      random: clock.random)
  }

  package func state(of integration: IntegrationID) -> GateState? { states[integration] }
}
