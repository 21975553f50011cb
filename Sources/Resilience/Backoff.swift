import HostModel

/// Full jitter: a random delay between 0 and `min(cap, base * 2^n)`
/// (aws-samples/aws-arch-backoff-simulator; reliability.md 3.2).
///
/// | retry n | 0 | 1 | 2 | 3 | 6 | 10 |
/// | --- | --- | --- | --- | --- | --- | --- |
/// | ceiling, base 0.5 s, cap 30 s | 0.5 | 1 | 2 | 4 | 30 | 30 |
package struct Backoff: Sendable, Equatable {
  package var baseMilliseconds: Int64
  package var capMilliseconds: Int64

  package init(baseMilliseconds: Int64 = 500, capMilliseconds: Int64 = 30_000) {
    self.baseMilliseconds = baseMilliseconds
    self.capMilliseconds = capMilliseconds
  }

  package func ceiling(retry: Int) -> Int64 {
    // Doubling stops at the cap, so no shift can overflow.
    var ceiling = min(baseMilliseconds, capMilliseconds)
    for _ in 0..<max(0, min(retry, 62)) where ceiling < capMilliseconds {
      ceiling = min(ceiling * 2, capMilliseconds)
    }
    return ceiling
  }

  /// The delay before retry `retry` (from 0), drawn with `random` in 0..<1.
  package func delay(retry: Int, random: Double) -> Int64 {
    Int64(Double(ceiling(retry: retry)) * min(max(random, 0), 1))
  }
}
