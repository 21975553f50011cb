import HostModel
import HostPlatform

/// The machine's clock and randomness.
package struct SystemHostClock: HostClock {
  private let clock = SystemClock()
  package init() {}

  package var now: HostInstant { clock.now }
  package var random: Double { Entropy.fraction() }
  package var seed: UInt64 { Entropy.bits() }

  package func sleep(until instant: HostInstant) async throws {
    // Again and again, since a suspended machine may wake a sleeper late or early.
    while now < instant {
      try await Task.sleep(for: .milliseconds(now.milliseconds(until: instant)))
    }
    try Task.checkCancellation()
  }
}
