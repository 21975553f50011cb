/// Memory that grows as it is written, and is kept from call to call.
struct CallBuffer: ~Copyable {
  private(set) var base: UnsafeMutableRawPointer
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    base = .allocate(byteCount: capacity, alignment: 16)
    self.capacity = capacity
  }

  deinit { base.deallocate() }

  /// Empties it but for `reserved` bytes at the beginning; gives memory back above `most`.
  mutating func begin(reserved: Int, most: Int) {
    if capacity > most {
      base.deallocate()
      base = .allocate(byteCount: most, alignment: 16)
      capacity = most
    }
    count = reserved
  }

  /// Room for `more` bytes; afterwards they can be written unchecked.
  @inline(__always) mutating func reserve(_ more: Int) {
    if more > capacity - count { grow(more) }
  }

  @inline(never) private mutating func grow(_ more: Int) {
    capacity = max(count + more, 2 * capacity)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    larger.copyMemory(from: base, byteCount: count)
    base.deallocate()
    base = larger
  }

  @inline(__always) mutating func putReserved(_ number: UInt32) {
    base.storeBytes(of: number.littleEndian, toByteOffset: count, as: UInt32.self)
    count += 4
  }

  /// Copies bytes to where room was reserved for them.
  @inline(__always) mutating func putReserved(_ bytes: UnsafeRawPointer?, _ length: Int) {
    guard let bytes, length > 0 else { return }
    (base + count).copyMemory(from: bytes, byteCount: length)
    count += length
  }

  /// Leaves room that was reserved, to be written later.
  @inline(__always) mutating func skipReserved(_ length: Int) { count += length }

  /// Writes four numbers to where room was left.
  @inline(__always) func write(_ words: (UInt32, UInt32, UInt32, UInt32), at offset: Int) {
    base.storeBytes(of: words.0.littleEndian, toByteOffset: offset, as: UInt32.self)
    base.storeBytes(of: words.1.littleEndian, toByteOffset: offset + 4, as: UInt32.self)
    base.storeBytes(of: words.2.littleEndian, toByteOffset: offset + 8, as: UInt32.self)
    base.storeBytes(of: words.3.littleEndian, toByteOffset: offset + 12, as: UInt32.self)
  }

  mutating func put(_ number: UInt32) {
    reserve(4)
    putReserved(number)
  }

  mutating func put(_ number: UInt64) {
    put(UInt32(truncatingIfNeeded: number))
    put(UInt32(truncatingIfNeeded: number >> 32))
  }

  /// Writes over what is there.
  func write(_ bytes: [UInt8], at offset: Int) {
    bytes.withUnsafeBytes {
      (base + offset).copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(base), byteCount: $0.count)
    }
  }

  func bytes(from offset: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + offset, count: count - offset)
  }
}
