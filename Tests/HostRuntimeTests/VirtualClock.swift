import Foundation
import HostModel

@testable import HostRuntime

/// A clock whose time passes by sleeping: a wait of an hour takes no time and is still seen.
final class VirtualClock: HostClock, @unchecked Sendable {
  // Unchecked: `instant` is read and written under `lock`.
  private let lock = NSLock()
  private var instant: HostInstant

  init(_ start: HostInstant = HostInstant(milliseconds: 1_700_000_000_000)) { instant = start }

  var now: HostInstant { lock.withLock { instant } }
  let random = 0.5
  let seed: UInt64 = 1

  func sleep(until moment: HostInstant) async throws {
    try Task.checkCancellation()
    lock.withLock { instant = max(instant, moment) }
  }
}
