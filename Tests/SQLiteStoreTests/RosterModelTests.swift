import HostModel
import SyncCore
import TestSupport
import Testing

@testable import SQLiteStore

/// Random histories of one district, beside a model of a dozen lines: what lives afterwards, and what every tally says, must be
/// what the model says (reliability.md section 5).
@Suite struct RosterModelTests {
  private struct Model {
    /// What lives: from `user 3` to its line.
    var live: [String: Sample] = [:]
    var known: Set<String> = []

    /// Applies what one run read.
    mutating func publish(_ read: [Sample], _ rejected: [RecordReject], _ complete: Set<RecordKind>)
      -> [RecordKind: KindTally]
    {
      var tallies: [RecordKind: KindTally] = [:]
      var last: [String: Sample] = [:]
      for sample in read {
        tallies[sample.kind, default: KindTally()].received += 1
        if last.updateValue(sample, forKey: sample.key) != nil {
          tallies[sample.kind, default: KindTally()].repeated += 1
        }
      }
      for reject in rejected {
        tallies[.user, default: KindTally()].received += 1
        tallies[.user, default: KindTally()].rejected += 1
        _ = reject
      }
      let present = Set(last.keys).union(rejected.map { "user \($0.sourcedID)" })
      for (key, sample) in live where complete.contains(sample.kind) && !present.contains(key) {
        live[key] = nil
        tallies[sample.kind, default: KindTally()].removed += 1
      }
      for (key, sample) in last {
        if let before = live[key] {
          tallies[sample.kind, default: KindTally()].unchanged += before == sample ? 1 : 0
          tallies[sample.kind, default: KindTally()].updated += before == sample ? 0 : 1
        } else {
          tallies[sample.kind, default: KindTally()].restored += known.contains(key) ? 1 : 0
          tallies[sample.kind, default: KindTally()].inserted += known.contains(key) ? 0 : 1
        }
        live[key] = sample
        known.insert(key)
      }
      return tallies
    }

    var export: String {
      RecordKind.inExportOrder.flatMap { kind in
        live.values.filter { $0.kind == kind }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
      }.map(\.line).joined()
    }
  }

  private static let kinds: [RecordKind] = [.user, .class, .enrollment]

  private func drawn(_ random: inout SeededRandom) -> [Sample] {
    (0..<Int.random(in: 0...40, using: &random)).map { _ in
      Sample(
        Self.kinds.randomElement(using: &random) ?? .user, String(Int.random(in: 1...30, using: &random)),
        "\"name\":\"\(Int.random(in: 1...3, using: &random))\"")
    }
  }

  @Test(arguments: 1...24)
  func `a history of runs leaves what its model says`(_ seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let store = try StoreFolder()
    var roster = try store.open()
    var model = Model()
    var sums: [RecordKind: Int] = [:]
    for _ in 0..<6 {
      var opening = try await roster.begin(.full())
      var (read, rejected): ([Sample], [RecordReject]) = ([], [])
      for page in 0..<Int.random(in: 1...4, using: &random) {
        let samples = drawn(&random)
        let aside =
          Bool.random(using: &random)
          ? [RecordReject.user(String(Int.random(in: 1...40, using: &random)))] : []
        read += samples
        rejected += aside
        _ = try await roster.stage(StagedPage(samples, rejects: aside, cursor: "\(page)"), run: opening)
        guard Int.random(in: 0..<4, using: &random) == 0 else { continue }
        // The host stops here, and another one goes on.
        try await roster.end(run: opening, state: .interrupted, error: nil, keepsStaged: true, now: .start)
        roster = try store.open()
        opening = try await roster.begin(.full())
        try #require(opening.isResumed)
      }
      let complete = Set(Self.kinds.filter { _ in Bool.random(using: &random) })
      _ = try await roster.stage(StagedPage([], ends: complete.map { .complete($0) }), run: opening)
      let outcome = try await roster.publish(run: opening, limits: .none, now: .start, dryRun: false)
      let due = model.publish(read, rejected, complete)
      #expect(outcome.tallies.filter { $0.value != KindTally() } == due)
      #expect(try store.export() == model.export)
      for (kind, tally) in outcome.tallies {
        #expect(tally.received == tally.accepted + tally.repeated + tally.rejected)
        sums[kind, default: 0] += tally.inserted + tally.restored - tally.removed
      }
      #expect(try RosterReader(path: store.path).counts() == sums.filter { $0.value != 0 })
    }
    #expect(try store.number("SELECT count(*) FROM roster WHERE staged != 0") == 0)
  }
}

extension Sample {
  fileprivate var key: String { "\(kind.name) \(id)" }
}
