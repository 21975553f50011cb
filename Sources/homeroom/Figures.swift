import HostModel
import HostRuntime
import JSON5
import SyncCore

/// Numbers, moments and tallies as a person reads them.
enum Figures {
  /// 1234567 as 1,234,567.
  static func grouped(_ number: Int) -> String {
    var out = ""
    let digits = String(number.magnitude)
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return (number < 0 ? "-" : "") + out
  }

  /// Milliseconds as seconds with one decimal.
  static func seconds(_ milliseconds: Int64) -> String {
    let tenths = max(milliseconds, 0) / 100
    return "\(tenths / 10).\(tenths % 10)"
  }

  static func megabytes(_ bytes: Int64) -> String { "\(grouped(Int(clamping: bytes / 1_048_576))) MiB" }

  /// `2026-11-24 06:01:40`, UTC.
  static func moment(_ instant: HostInstant) -> String {
    let total = instant.milliseconds / 1000 - (instant.milliseconds % 1000 < 0 ? 1 : 0)
    let days = total / 86_400 - (total % 86_400 < 0 ? 1 : 0)
    let second = total - days * 86_400
    let civil = CivilDay(daysSince1970: days)
    let two = { (n: Int64) in n < 10 ? "0\(n)" : "\(n)" }
    let time = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    return "\(civil.year)-\(two(civil.month))-\(two(civil.day)) \(time)"
  }

  /// One row a kind, in the order of exports, and the sum.
  static func table(_ tallies: [RecordKind: KindTally], _ console: Console) throws {
    let kinds = RecordKind.inExportOrder.filter { tallies[$0] != nil }
    guard !kinds.isEmpty else { return }
    let row = { (name: String, tally: KindTally) in
      [name]
        + [
          tally.received, tally.inserted, tally.updated, tally.unchanged, tally.restored, tally.removed,
          tally.repeated, tally.rejected,
        ].map(grouped)
    }
    var sum = KindTally()
    for tally in tallies.values {
      sum.received += tally.received
      sum.inserted += tally.inserted
      sum.updated += tally.updated
      sum.unchanged += tally.unchanged
      sum.restored += tally.restored
      sum.removed += tally.removed
      sum.repeated += tally.repeated
      sum.rejected += tally.rejected
    }
    try console.table(
      [
        "kind", "received:", "inserted:", "updated:", "unchanged:", "restored:", "removed:", "repeated:",
        "rejected:",
      ], kinds.map { row($0.name, tallies[$0] ?? KindTally()) } + [row("all", sum)])
  }

  static func json(_ tallies: [RecordKind: KindTally]) -> JSONValue {
    .object(
      RecordKind.inExportOrder.compactMap { kind in
        tallies[kind].map { tally in
          JSONValue.Member(
            kind.name,
            .members([
              "received": .number(tally.received), "accepted": .number(tally.accepted),
              "repeated": .number(tally.repeated), "rejected": .number(tally.rejected),
              "inserted": .number(tally.inserted), "updated": .number(tally.updated),
              "unchanged": .number(tally.unchanged), "restored": .number(tally.restored),
              "removed": .number(tally.removed),
            ]))
        }
      })
  }
}

extension RunRecord {
  var json: JSONValue {
    .members([
      "run": .integer(id.rawValue), "integration": .string(integration.rawValue),
      "provider": .string(provider.rawValue), "providerVersion": .string(providerVersion),
      "mode": .string(mode), "dryRun": .bool(isDryRun), "state": .string(state.rawValue),
      "startedAt": .integer(startedAt.milliseconds),
      "endedAt": endedAt.map { .integer($0.milliseconds) }, "pages": .number(pages),
      "kinds": Figures.json(tallies), "findings": .array(findings.map(JSONValue.string)),
      "error": failure.map {
        .members([
          "code": .string($0.code), "message": .string($0.message), "advice": .string($0.advice),
        ])
      },
    ])
  }
}
