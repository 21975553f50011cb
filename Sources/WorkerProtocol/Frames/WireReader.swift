/// Reads numbers and bytes one after another out of a frame from the other side. Nothing is trusted: what
/// would lie outside of the frame is an error.
package struct WireReader: ~Escapable {
  @usableFromInline let bytes: RawSpan
  @usableFromInline let name: StaticString
  /// Where the next value stands.
  @usableFromInline package private(set) var offset = 0

  /// - Parameter name: what it is, for the sentence of an error.
  @_lifetime(copy bytes)
  package init(_ bytes: RawSpan, of name: StaticString) {
    self.bytes = bytes
    self.name = name
  }

  package var isAtEnd: Bool { offset == bytes.byteCount }

  /// The place of the next `count` bytes.
  @inlinable package mutating func range(_ count: Int) throws(WireError) -> Range<Int> {
    guard count >= 0, count <= bytes.byteCount - offset else { throw cut() }
    let start = offset
    offset += count
    return start..<offset
  }

  /// The place of bytes whose number stands before them.
  package mutating func counted(most: Int = FrameHeader.mostBytes) throws(WireError) -> Range<Int> {
    let count = Int(try u32())
    guard count <= most else {
      throw WireError("its \(name) has a part of \(count) bytes; \(most) are the most")
    }
    return try range(count)
  }

  /// A copy of counted bytes.
  package mutating func array(most: Int) throws(WireError) -> [UInt8] {
    let part = bytes.extracting(try counted(most: most))
    return unsafe part.withUnsafeBytes { unsafe Array($0) }
  }

  package mutating func u8() throws(WireError) -> UInt8 { try number() }
  @inlinable package mutating func u32() throws(WireError) -> UInt32 { UInt32(littleEndian: try number()) }
  @inlinable package mutating func u64() throws(WireError) -> UInt64 { UInt64(littleEndian: try number()) }
  package mutating func i32() throws(WireError) -> Int32 { Int32(bitPattern: try u32()) }
  package mutating func i64() throws(WireError) -> Int64 { Int64(bitPattern: try u64()) }

  @inlinable mutating func number<Number: FixedWidthInteger & BitwiseCopyable>() throws(WireError) -> Number {
    let place = try range(MemoryLayout<Number>.size)
    // In bounds: `range` has looked.
    return unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place.lowerBound, as: Number.self)
  }

  @usableFromInline func cut() -> WireError {
    WireError("its \(name) of \(bytes.byteCount) bytes is cut short at byte \(offset)")
  }

  /// - Throws: if there is more.
  package func finish() throws(WireError) {
    guard isAtEnd else {
      throw WireError("its \(name) has \(bytes.byteCount - offset) bytes behind its end")
    }
  }
}
