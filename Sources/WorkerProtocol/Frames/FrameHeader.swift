/// What stands before every frame: 12 bytes, numbers little-endian.
///
///     0  length of the payload behind it, 32 bits
///     4  number of the call that it belongs to, 32 bits; 0 before the first
///     8  kind, 8 bits
///     9  three zero bytes
package struct FrameHeader: Sendable, Equatable {
  package static let byteCount = 12
  /// A body of 256 MiB, which is the most that the host takes from a SIS, with its headers; a record of 4,096
  /// fields of 64 KiB each fits too.
  package static let mostBytes = 300 << 20

  package var kind: FrameKind
  package var call: UInt32
  package var length: Int

  package init(_ kind: FrameKind, call: UInt32, length: Int) {
    self.kind = kind
    self.call = call
    self.length = length
  }

  /// - Throws: what is wrong with the first twelve of these bytes.
  package init(_ bytes: RawSpan) throws(WireError) {
    var reader = WireReader(bytes, of: "frame header")
    let length = try reader.u32()
    call = try reader.u32()
    let kind = try reader.u8()
    let zeros = (try reader.u8(), try reader.u8(), try reader.u8())
    guard let known = FrameKind(rawValue: kind), zeros == (0, 0, 0) else {
      throw WireError("it sent a frame of kind \(kind), which there is not")
    }
    guard length <= Self.mostBytes else {
      throw WireError("it sent a frame of \(length) bytes; \(Self.mostBytes) are the most")
    }
    self.kind = known
    self.length = Int(length)
  }

  /// Writes the header over the first bytes of `frame`.
  package func write(over frame: inout [UInt8]) {
    for (index, byte) in bytes.enumerated() { frame[index] = byte }
  }

  package var bytes: [UInt8] {
    var writer = WireWriter()
    writer.put(UInt32(clamping: length))
    writer.put(call)
    writer.put(UInt32(kind.rawValue))
    return writer.bytes
  }
}
