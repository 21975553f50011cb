import HostModel

/// How often a provider may die before it is left alone (plugin-hosts.md 3.2): it is started again at once, then after
/// 1, 2, 4 ... 60 s; the fifth time within ten minutes it is disabled.
package struct CrashBudget: Sendable, Equatable {
  package enum Decision: Sendable, Equatable {
    case restart(afterMilliseconds: Int64)
    /// So many crashes within the window are too many.
    case disable(crashes: Int)
  }

  package static let crashes = 5
  package static let windowMilliseconds: Int64 = 600_000
  package static let firstPauseMilliseconds: Int64 = 1_000
  package static let pauseCapMilliseconds: Int64 = 60_000

  private var recent: [HostInstant] = []

  package init() {}

  /// The provider died at `now`: what next?
  package mutating func record(now: HostInstant) -> Decision {
    recent.removeAll { $0.milliseconds(until: now) >= Self.windowMilliseconds }
    recent.append(now)
    guard recent.count < Self.crashes else { return .disable(crashes: recent.count) }
    guard recent.count > 1 else { return .restart(afterMilliseconds: 0) }
    // At most three doublings, by the count above.
    let pause = Self.firstPauseMilliseconds << Int64(recent.count - 2)
    return .restart(afterMilliseconds: min(pause, Self.pauseCapMilliseconds))
  }
}
