import CHostShim
import Glibc

/// Random bits from the kernel (getrandom(2)).
package enum Entropy {
  package static func bits() -> UInt64 {
    var value: UInt64 = 0
    withUnsafeMutableBytes(of: &value) { buffer in
      // Up to 256 bytes are given whole once the pool is ready; only a signal before that interrupts.
      guard let start = buffer.baseAddress else { return }
      while homeroom_random(start, buffer.count) != buffer.count {
        precondition(errno == EINTR, "getrandom failed with errno \(errno): no randomness, no start")
      }
    }
    return value
  }

  /// 0..<1, uniform, 53 bits.
  package static func fraction() -> Double { Double(bits() >> 11) * 0x1p-53 }
}
