import Glibc
import HostModel

/// The machine's clocks.
///
/// `now` is the wall clock as it stood when this value was made, plus the time that has passed since: it
/// never jumps when somebody sets the clock, so that a wait cannot become an hour (reliability.md 3.3). Time in
/// which the machine was suspended counts (CLOCK_BOOTTIME).
package struct SystemClock: Sendable {
  private let wallAtStart: Int64
  private let passedAtStart: Int64

  package init() {
    wallAtStart = Self.milliseconds(CLOCK_REALTIME)
    passedAtStart = Self.milliseconds(CLOCK_BOOTTIME)
  }

  package var now: HostInstant {
    HostInstant(milliseconds: wallAtStart).advanced(
      byMilliseconds: Self.milliseconds(CLOCK_BOOTTIME) - passedAtStart)
  }

  /// Milliseconds since the machine started: for measuring, not for telling the time.
  package static var monotonicMilliseconds: Int64 { milliseconds(CLOCK_BOOTTIME) }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    // Both clocks exist on every Linux this runs on (since 2.6.39); a failure would leave zero.
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec) / 1_000_000
  }
}
