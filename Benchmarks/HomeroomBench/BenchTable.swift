import JSON5

/// What was measured, for a person and for a script.
struct BenchTable {
  struct Row {
    var students: Int
    var isFirst: Bool
    var measurement: Measurement
    var word: String { isFirst ? "first" : "no change" }
  }

  var rows: [Row] = []
  let rounds: Int

  private func row(_ students: Int?, _ isFirst: Bool) -> Row? {
    rows.first { $0.students == students && $0.isFirst == isFirst }
  }

  /// The largest district by the smallest: what a record costs, and what memory the whole takes.
  private var ratios: [(word: String, cpu: Double, memory: Double)] {
    let sizes = rows.map(\.students)
    guard let least = sizes.min(), let most = sizes.max(), least < most else { return [] }
    return [true, false].compactMap { isFirst in
      guard let small = row(least, isFirst)?.measurement, let large = row(most, isFirst)?.measurement else { return nil }
      return (
        isFirst ? "first" : "no change", large.microsecondsPerRecord / small.microsecondsPerRecord,
        large.megabytes / small.megabytes
      )
    }
  }

  var text: String {
    let heading = [
      "students", "sync", "records", "pages", "CPU s", "user", "system", "wall s", "peak MiB", "us/record",
      "records/CPU s", "server load",
    ]
    let cells = rows.map { row in
      let m = row.measurement
      return ["\(row.students)", row.word, "\(m.records)", "\(m.pages)"]
        + [m.cpuSeconds, m.userSeconds, m.systemSeconds, m.wallSeconds].map { Self.decimal($0, 2) }
        + [
          Self.decimal(m.megabytes, 1), Self.decimal(m.microsecondsPerRecord, 1),
          Self.decimal(m.recordsPerCPUSecond, 0), Self.decimal(m.serverLoad, 2),
        ]
    }
    let widths = heading.indices.map { column in ([heading] + cells).map { $0[column].count }.max() ?? 0 }
    var lines = ([heading] + cells).map { row in
      zip(row, widths).map { cell, width in String(repeating: " ", count: width - cell.count) + cell }
        .joined(separator: "  ")
    }
    for ratio in ratios {
      lines.append(
        "largest / smallest, \(ratio.word): CPU a record \(Self.decimal(ratio.cpu, 2)), "
          + "peak memory \(Self.decimal(ratio.memory, 2))")
    }
    return lines.joined(separator: "\n")
  }

  var json: JSONValue {
    .members([
      "rounds": .number(rounds),
      "runs": .array(
        rows.map { row in
          .object(
            [.init("students", .number(row.students)), .init("sync", .string(row.word))] + row.measurement.json)
        }),
      "ratios": .array(
        ratios.map {
          .members(["sync": .string($0.word), "cpuPerRecord": .decimal($0.cpu), "peakMemory": .decimal($0.memory)])
        }),
    ])
  }

  private static func decimal(_ value: Double, _ places: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "-" }
    guard places > 0 else { return "\(Int(value.rounded()))" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let digits = "\(Int((abs(value) * scale).rounded()))"
    let padded = String(repeating: "0", count: max(places + 1 - digits.count, 0)) + digits
    return (value < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
  }
}
