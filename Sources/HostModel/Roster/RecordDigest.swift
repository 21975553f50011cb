/// A 128-bit content hash of a canonical record (XXH3-128 of its bytes). Equal digests mean "unchanged".
package struct RecordDigest: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}
