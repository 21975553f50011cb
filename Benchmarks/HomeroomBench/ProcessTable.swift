import Glibc

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
    names("\(process)/task").flatMap { thread in
      text("\(process)/task/\(thread)/children").split(separator: " ").compactMap { Int32($0) }
    }
  }

  private static func names(_ folder: String) -> [String] {
    guard let stream = opendir("/proc/" + folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names.filter { !$0.hasPrefix(".") }
  }

  /// Empty for a file that is not there any more. These files have some hundred bytes.
  private static func text(_ file: String) -> String {
    let descriptor = open("/proc/" + file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8_192)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }
}
