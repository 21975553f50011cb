import HostModel

/// Where the runtime's time and randomness come from; HostPlatform has the real one.
package protocol HostClock: Sendable {
  var now: HostInstant { get }
  /// 0..<1
  var random: Double { get }
  var seed: UInt64 { get }
  /// - Throws: `CancellationError` only.
  func sleep(until instant: HostInstant) async throws
}
