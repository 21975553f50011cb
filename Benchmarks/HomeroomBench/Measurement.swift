import HostPlatform
import JSON5

/// What one sync cost: the host's process from its start to its end and, where the provider has one of its own, that too.
struct Measurement {
  var records: Int
  var pages: Int
  var userSeconds: Double
  var systemSeconds: Double
  var wallSeconds: Double
  /// The highest resident sets of the host and of the provider's process, shared libraries counted in both.
  var hostPeakBytes: Int64
  var workerPeakBytes: Int64
  /// CPU seconds of the simulated SIS in a second of the sync.
  var serverLoad: Double

  var cpuSeconds: Double { userSeconds + systemSeconds }
  var recordsPerCPUSecond: Double { Double(records) / max(cpuSeconds, 0.001) }
  var microsecondsPerRecord: Double { cpuSeconds * 1_000_000 / Double(max(records, 1)) }
  var hostMegabytes: Double { Double(hostPeakBytes) / 1_048_576 }
  var workerMegabytes: Double { Double(workerPeakBytes) / 1_048_576 }
  var megabytes: Double { hostMegabytes + workerMegabytes }

  /// The one whose CPU time is the median; of an even number, the lower one.
  static func median(_ measurements: [Measurement]) -> Measurement? {
    let sorted = measurements.sorted { $0.cpuSeconds < $1.cpuSeconds }
    return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
  }

  var json: [JSONValue.Member] {
    [
      .init("records", .number(records)), .init("pages", .number(pages)), .init("cpuSeconds", .decimal(cpuSeconds)),
      .init("userSeconds", .decimal(userSeconds)), .init("systemSeconds", .decimal(systemSeconds)),
      .init("wallSeconds", .decimal(wallSeconds)), .init("hostPeakBytes", .integer(hostPeakBytes)),
      .init("workerPeakBytes", .integer(workerPeakBytes)),
      .init("recordsPerCPUSecond", .decimal(recordsPerCPUSecond)),
      .init("microsecondsPerRecord", .decimal(microsecondsPerRecord)), .init("serverLoad", .decimal(serverLoad)),
    ]
  }
}
