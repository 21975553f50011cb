import CSISPlugin

/// Memory for the values of one record. What was written does not move until the arena is emptied: fields point to it.
struct Arena: ~Copyable {
  private static let blockSize = 16_384

  private var blocks: [UnsafeMutableRawBufferPointer] = []
  private var used = 0
  private var scratch: [UInt8] = []

  deinit { for block in blocks { block.deallocate() } }

  /// Keeps the first block, so that the next record needs no allocation.
  mutating func empty() {
    used = 0
    while blocks.count > 1 { blocks.removeLast().deallocate() }
  }

  /// Stores what `body` appends to an empty buffer.
  mutating func write(_ body: (inout [UInt8]) -> Void) -> sis_bytes {
    scratch.removeAll(keepingCapacity: true)
    body(&scratch)
    let written = scratch
    return write(written.span.bytes)
  }

  /// Stores a copy.
  mutating func write(_ value: RawSpan) -> sis_bytes {
    guard !value.isEmpty else { return sis_bytes(ptr: nil, len: 0) }
    if blocks.last.map({ $0.count - used < value.byteCount }) ?? true {
      blocks.append(.allocate(byteCount: max(Self.blockSize, value.byteCount), alignment: 1))
      used = 0
    }
    guard let block = blocks.last else { return sis_bytes(ptr: nil, len: 0) }
    let place = UnsafeMutableRawBufferPointer(rebasing: block[used..<used + value.byteCount])
    value.withUnsafeBytes { place.copyMemory(from: $0) }
    used += value.byteCount
    return sis_bytes(ptr: UnsafeRawPointer(place.baseAddress), len: place.count)
  }
}
