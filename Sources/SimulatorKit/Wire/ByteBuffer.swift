import Glibc

/// A growing run of bytes: the hot path renders whole pages into it without a `String` or an array a field.
/// A class with its own memory, because each connection reuses one for all its answers. Not shared
/// between threads.
package final class ByteBuffer {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  package private(set) var count = 0
  private var capacity: Int

  package init(capacity: Int = 4096) {
    self.capacity = max(64, capacity)
    bytes = .allocate(capacity: self.capacity)
  }

  deinit { bytes.deallocate() }

  package var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }
  package var array: [UInt8] { Array(raw) }
  package var text: String { String(decoding: raw, as: UTF8.self) }

  /// Forgets the content and keeps the memory, unless it has grown past what a page needs.
  package func clear() {
    count = 0
    if capacity > 4 << 20 {
      bytes.deallocate()
      capacity = 1 << 16
      bytes = .allocate(capacity: capacity)
    }
  }

  /// Cuts down to the first `length` bytes.
  func truncate(to length: Int) { count = min(count, max(0, length)) }

  /// Drops the first `length` bytes.
  func removeFirst(_ length: Int) {
    let length = min(count, max(0, length))
    memmove(bytes, bytes + length, count - length)
    count -= length
  }

  @inline(__always) func reserve(_ extra: Int) {
    if capacity - count < extra { grow(extra) }
  }

  private func grow(_ extra: Int) {
    var wanted = capacity * 2
    while wanted - count < extra { wanted *= 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    memcpy(larger, bytes, count)
    bytes.deallocate()
    bytes = larger
    capacity = wanted
  }

  /// Room for `length` bytes that another writer fills; tell `advance` how many came.
  func room(_ length: Int) -> UnsafeMutablePointer<UInt8> {
    reserve(length)
    return bytes + count
  }

  func advance(_ length: Int) { count += length }

  @inline(__always) func append(_ byte: UInt8) {
    reserve(1)
    bytes[count] = byte
    count += 1
  }

  @inline(__always) package func append(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    reserve(length)
    memcpy(bytes + count, text.utf8Start, length)
    count += length
  }

  package func append(_ other: UnsafeRawBufferPointer) {
    guard let start = other.baseAddress, other.count > 0 else { return }
    reserve(other.count)
    memcpy(bytes + count, start, other.count)
    count += other.count
  }

  package func append(_ other: [UInt8]) { other.withUnsafeBytes { append($0) } }

  /// For headers and messages; not for the hot path.
  package func append(text: some StringProtocol) {
    var copy = String(text)
    copy.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Decimal digits.
  func append(_ number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(digits: number.magnitude, width: 1)
  }

  /// Decimal digits of a number that is not negative, with zeros in front up to `width` (at most 20).
  func append(padded number: Int, width: Int) { append(digits: number.magnitude, width: width) }

  private func append(digits value: UInt, width: Int) {
    var length = 1
    var rest = value / 10
    while rest > 0 {
      length += 1
      rest /= 10
    }
    length = max(length, min(width, 20))
    reserve(length)
    rest = value
    var at = count + length
    while at > count {
      at -= 1
      bytes[at] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += length
  }
}
