import Foundation
import Glibc

/// Who holds an integration: one process of one boot of one machine, so that a process that died is known at once.
struct LeaseHolder: Equatable {
  /// Longer than any page takes to be stored, shorter than anyone's patience.
  static let milliseconds: Int64 = 120_000

  var pid: Int32
  /// When the process began, in clock ticks since boot: a pid is used again, a pair is not.
  var startTicks: String
  var boot: String

  static let current = LeaseHolder(
    pid: getpid(), startTicks: startTicks(of: getpid()) ?? "0", boot: Self.bootID)

  private static let bootID: String =
    ((try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? "unknown")
    .trimmingCharacters(in: .whitespacesAndNewlines)

  var text: String { "\(pid) \(startTicks) \(boot)" }

  init(pid: Int32, startTicks: String, boot: String) {
    self.pid = pid
    self.startTicks = startTicks
    self.boot = boot
  }

  init?(text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 3, let pid = Int32(words[0]) else { return nil }
    self.init(pid: pid, startTicks: words[1], boot: words[2])
  }

  /// Certainly gone: same machine and boot, and no such process any more.
  var isGone: Bool { boot == Self.bootID && Self.startTicks(of: pid) != startTicks }

  /// Field 22 of /proc/PID/stat (proc(5)), counted behind the command's closing parenthesis; a zombie is gone.
  private static func startTicks(of pid: Int32) -> String? {
    guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let end = stat.lastIndex(of: ")")
    else { return nil }
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return String(fields[19])
  }
}
