import Glibc

/// What a process has used so far (getrusage(2)).
package struct ProcessUsage: Sendable, Equatable {
  package var userSeconds: Double
  package var systemSeconds: Double
  /// The highest resident set so far, in bytes.
  package var peakResidentBytes: Int64

  package var cpuSeconds: Double { userSeconds + systemSeconds }

  package enum Subject: Sendable { case ownProcess, endedChildren }

  package init(_ subject: Subject = .ownProcess) {
    var usage = rusage()
    let who = subject == .ownProcess ? RUSAGE_SELF : RUSAGE_CHILDREN
    getrusage(who.rawValue, &usage)
    self.init(usage)
  }

  init(_ usage: rusage) {
    userSeconds = Self.seconds(usage.ru_utime)
    systemSeconds = Self.seconds(usage.ru_stime)
    // Linux reports kibibytes (getrusage(2), ru_maxrss).
    peakResidentBytes = Int64(usage.ru_maxrss) &* 1024
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }
}
