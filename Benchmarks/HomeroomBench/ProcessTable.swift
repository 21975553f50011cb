import Foundation

/// What /proc tells of a process that runs (proc(5)).
enum ProcessTable {
  /// User and system time so far: fields 14 and 15 of `stat`, in ticks.
  static func cpuSeconds(of process: Int32) -> Double {
    let stat = text("\(process)/stat")
    guard let end = stat.lastIndex(of: ")") else { return 0 }
    let fields = stat[stat.index(after: end)...].split(separator: " ").map { Double($0) ?? 0 }
    return fields.count > 12 ? (fields[11] + fields[12]) / Double(sysconf(Int32(_SC_CLK_TCK))) : 0
  }

  /// The highest resident set so far; nil for a process that is gone.
  static func peakBytes(of process: Int32) -> Int64? {
    let line = text("\(process)/status").split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int64($0) }.map { $0 * 1_024 }
  }

  static func children(of process: Int32) -> [Int32] {
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
    return threads.flatMap { text("\(process)/task/\($0)/children").split(separator: " ").compactMap { Int32($0) } }
  }

  private static func text(_ file: String) -> String {
    (try? String(contentsOfFile: "/proc/\(file)", encoding: .utf8)) ?? ""
  }
}
