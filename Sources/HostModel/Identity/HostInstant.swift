/// A moment, in milliseconds since 1970 UTC. Pure code gets it as an argument; only HostPlatform reads a clock.
package struct HostInstant: RawRepresentable, Hashable, Sendable, Comparable {
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
  package init(milliseconds: Int64) { self.rawValue = milliseconds }
  package var milliseconds: Int64 { rawValue }

  package static func < (a: HostInstant, b: HostInstant) -> Bool { a.rawValue < b.rawValue }

  /// Saturates instead of trapping: an instant may come from outside.
  package func advanced(byMilliseconds delta: Int64) -> HostInstant {
    let (sum, overflow) = rawValue.addingReportingOverflow(delta)
    return HostInstant(rawValue: overflow ? (delta < 0 ? .min : .max) : sum)
  }

  /// How long from here until `later`, in milliseconds; saturates.
  package func milliseconds(until later: HostInstant) -> Int64 {
    let (difference, overflow) = later.rawValue.subtractingReportingOverflow(rawValue)
    return overflow ? (later.rawValue < rawValue ? .min : .max) : difference
  }
}
