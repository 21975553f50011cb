import HostModel

/// Whether a run may be applied without a person having looked (design.md section 7; reliability.md 3.8).
///
/// A source that answers with half of its pupils looks like a day on which half of them left. So does a day on which
/// nothing is answered where something lived.
package struct ChangeGuard: Sendable {
  package var limits: GuardLimits

  package init(limits: GuardLimits) { self.limits = limits }

  /// - Parameters:
  ///   - tallies: what publishing would do.
  ///   - live: how many records of each kind live before it.
  /// - Returns: empty if it may go on.
  package func findings(_ tallies: [RecordKind: KindTally], live: [RecordKind: Int]) -> [GuardFinding] {
    RecordKind.allCases.compactMap { kind in
      guard let tally = tallies[kind], let before = live[kind], before > 0 else { return nil }
      if tally.removed == before, before > 1, limits.removedShare < 1 {
        return GuardFinding(kind: kind, reason: "removes all \(before) \(kind.name) records: the source answered with none of them")
      }
      if tally.removed > limits.removedFloor, Double(tally.removed) > Double(before) * limits.removedShare {
        return finding(kind, "removes", tally.removed, before, limits.removedShare)
      }
      if before >= limits.updatedFloor, Double(tally.updated) > Double(before) * limits.updatedShare {
        return finding(kind, "changes", tally.updated, before, limits.updatedShare)
      }
      return nil
    }
  }

  private func finding(_ kind: RecordKind, _ verb: String, _ count: Int, _ live: Int, _ limit: Double) -> GuardFinding {
    GuardFinding(
      kind: kind,
      reason: "\(verb) \(count) of \(live) \(kind.name) records (\(percent(Double(count) / Double(live)))); the limit is \(percent(limit))")
  }

  private func percent(_ share: Double) -> String {
    guard share.isFinite, abs(share) < 1e6 else { return "over 100 %" }
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
