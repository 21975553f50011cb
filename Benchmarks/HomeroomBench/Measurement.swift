import HostPlatform
import JSON5

/// What one sync cost: the whole process of the host, from its start to its end, provider and store included.
struct Measurement {
  var records: Int
  var pages: Int
  var userSeconds: Double
  var systemSeconds: Double
  var wallSeconds: Double
  var peakBytes: Int64
  /// CPU seconds of the simulated SIS in a second of the sync.
  var serverLoad: Double

  var cpuSeconds: Double { userSeconds + systemSeconds }
  var recordsPerCPUSecond: Double { Double(records) / max(cpuSeconds, 0.001) }
  var microsecondsPerRecord: Double { cpuSeconds * 1_000_000 / Double(max(records, 1)) }
  var megabytes: Double { Double(peakBytes) / 1_048_576 }

  /// The one whose CPU time is the median; of an even number, the lower one.
  static func median(_ measurements: [Measurement]) -> Measurement? {
    let sorted = measurements.sorted { $0.cpuSeconds < $1.cpuSeconds }
    return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
  }

  var json: [JSONValue.Member] {
    [
      .init("records", .number(records)), .init("pages", .number(pages)), .init("cpuSeconds", .decimal(cpuSeconds)),
      .init("userSeconds", .decimal(userSeconds)), .init("systemSeconds", .decimal(systemSeconds)),
      .init("wallSeconds", .decimal(wallSeconds)), .init("peakBytes", .integer(peakBytes)),
      .init("recordsPerCPUSecond", .decimal(recordsPerCPUSecond)),
      .init("microsecondsPerRecord", .decimal(microsecondsPerRecord)), .init("serverLoad", .decimal(serverLoad)),
    ]
  }
}
