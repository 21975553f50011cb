/// Writes numbers, little-endian, and bytes one after another.
package struct WireWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Begins a frame whose header is written by `finish`.
  package init(frame kind: FrameKind, call: UInt32) {
    bytes = FrameHeader(kind, call: call, length: 0).bytes
  }

  package mutating func put(_ number: UInt32) { append(number) }
  package mutating func put(_ number: UInt64) { append(number) }
  package mutating func put(_ number: Int32) { append(UInt32(bitPattern: number)) }
  package mutating func put(_ number: Int64) { append(UInt64(bitPattern: number)) }

  private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    for place in stride(from: 0, to: Number.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> place))
    }
  }

  package mutating func put(bytes more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

  /// The number of the bytes, then the bytes.
  package mutating func put(counted more: some Collection<UInt8>) {
    put(UInt32(clamping: more.count))
    bytes.append(contentsOf: more)
  }

  /// The whole frame.
  ///
  /// - Parameter following: how many bytes of the payload are sent behind these.
  package consuming func finish(following: Int = 0) -> [UInt8] {
    let length = UInt32(clamping: bytes.count - FrameHeader.byteCount + following)
    for place in 0..<4 { bytes[place] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(place))) }
    return bytes
  }
}
