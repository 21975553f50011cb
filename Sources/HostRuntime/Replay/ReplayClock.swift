import HostModel
import Synchronization

/// The time of a recorded run: it stands where the recording stands, and whoever sleeps moves it on. So a
/// replay waits for nothing, and a provider is told the very times it was told then.
final class ReplayClock: HostClock {
  private let moment: Mutex<HostInstant>
  let seed: UInt64
  /// Half of every jitter.
  let random = 0.5

  init(_ start: HostInstant, seed: UInt64) {
    moment = Mutex(start)
    self.seed = seed
  }

  var now: HostInstant { moment.withLock { $0 } }

  /// Never back.
  func advance(to instant: HostInstant) { moment.withLock { $0 = max($0, instant) } }

  func sleep(until instant: HostInstant) async throws {
    try Task.checkCancellation()
    advance(to: instant)
  }
}
