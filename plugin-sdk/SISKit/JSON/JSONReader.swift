/// A pull reader over a borrowed JSON document (RFC 8259): no tree, no copies, no allocation.
///
///     var reader = JSONReader(body)
///     try reader.eachMember { key, reader in
///       if reader.matches(key, "name") { name = try reader.scalar() } else { try reader.skip() }
///     }
///     try reader.finish()
///
/// It is strict: what RFC 8259 forbids is an error with its offset, also inside of values that are skipped. It
/// tolerates a byte order mark at the start (section 8.1), as some servers send one. Values nested more deeply than
/// `maximumDepth` are refused; nothing else limits the size. Time is linear in the bytes.
public struct JSONReader: ~Copyable, ~Escapable {
  public static let maximumDepth = 64

  @usableFromInline let bytes: RawSpan
  @usableFromInline let count: Int
  /// The next byte to be read.
  @usableFromInline var at: Int
  @usableFromInline var depth = 0

  @_lifetime(copy document)
  @inlinable public init(_ document: RawSpan) {
    bytes = document
    count = document.byteCount
    at = 0
    if count >= 3, byte(0) == 0xEF, byte(1) == 0xBB, byte(2) == 0xBF { at = 3 }
  }

  /// Where the reader stands, in bytes.
  @inlinable public var offset: Int { at }

  // MARK: - Bytes

  /// The byte at `index`, which the caller has checked to lie in 0..<count.
  @inlinable @inline(__always) func byte(_ index: Int) -> UInt8 {
    bytes.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
  }

  /// Eight bytes from `index` on; the caller has checked that index + 8 <= count.
  @inlinable @inline(__always) func word(_ index: Int) -> UInt64 {
    bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
  }

  @inlinable @inline(__always) func fail(_ code: JSONError.Code, at offset: Int? = nil) -> JSONError {
    JSONError(code: code, offset: offset ?? at)
  }

  @usableFromInline @inline(never) func unexpected() -> JSONError {
    at < count ? fail(.unexpectedByte(byte(at))) : fail(.unexpectedEnd)
  }

  @inlinable @inline(__always) mutating func skipSpace() {
    // Most servers send none: one look decides.
    while at < count {
      let next = byte(at)
      if next > 0x20 { return }
      guard next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 else { return }
      at += 1
    }
  }

  // MARK: - Structure

  /// The kind of the next value; the reader stands at its first byte afterwards.
  @inlinable public mutating func peek() throws(JSONError) -> JSONKind {
    skipSpace()
    guard at < count else { throw fail(.unexpectedEnd) }
    switch byte(at) {
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw unexpected()
    }
  }

  @inlinable mutating func enter(_ open: UInt8) throws(JSONError) {
    skipSpace()
    guard at < count else { throw fail(.unexpectedEnd) }
    guard byte(at) == open else {
      _ = try peek()
      throw fail(.wrongKind)
    }
    guard depth < Self.maximumDepth else { throw fail(.tooDeep) }
    depth += 1
    at += 1
  }

  /// Enters an object; then call `nextKey` until it answers nil, and read or skip the value after each key.
  @inlinable public mutating func enterObject() throws(JSONError) { try enter(UInt8(ascii: "{")) }

  /// Enters an array; then call `nextElement` until it answers false, and read or skip a value after each true.
  @inlinable public mutating func enterArray() throws(JSONError) { try enter(UInt8(ascii: "[")) }

  /// The next key of the object that was entered last; nil at its end, which leaves it.
  ///
  /// - Parameter isFirst: true for the first call after `enterObject`.
  @inlinable public mutating func nextKey(isFirst: Bool) throws(JSONError) -> JSONText? {
    skipSpace()
    guard at < count else { throw fail(.unexpectedEnd) }
    if byte(at) == UInt8(ascii: "}") {
      at += 1
      depth -= 1
      return nil
    }
    if !isFirst {
      guard byte(at) == UInt8(ascii: ",") else { throw unexpected() }
      at += 1
      skipSpace()
    }
    guard at < count, byte(at) == UInt8(ascii: "\"") else { throw unexpected() }
    let key = try string()
    skipSpace()
    guard at < count, byte(at) == UInt8(ascii: ":") else { throw unexpected() }
    at += 1
    return key
  }

  /// Is there a further element in the array that was entered last? False leaves it.
  @inlinable public mutating func nextElement(isFirst: Bool) throws(JSONError) -> Bool {
    skipSpace()
    guard at < count else { throw fail(.unexpectedEnd) }
    if byte(at) == UInt8(ascii: "]") {
      at += 1
      depth -= 1
      return false
    }
    if !isFirst {
      guard byte(at) == UInt8(ascii: ",") else { throw unexpected() }
      at += 1
      skipSpace()
      // A comma promises a value: "[1,]" is none of RFC 8259's.
      guard at < count, byte(at) != UInt8(ascii: "]") else { throw unexpected() }
    }
    return true
  }

  /// The document is over: nothing but white space may follow.
  @inlinable public mutating func finish() throws(JSONError) {
    skipSpace()
    guard at == count else { throw fail(.trailing) }
  }

  // MARK: - Going back

  /// A place to go back to with `rewind`.
  public struct Checkpoint: Sendable {
    @usableFromInline var at: Int
    @usableFromInline var depth: Int
    @inlinable init(at: Int, depth: Int) {
      self.at = at
      self.depth = depth
    }
  }

  @inlinable public var checkpoint: Checkpoint { Checkpoint(at: at, depth: depth) }

  @inlinable public mutating func rewind(to checkpoint: Checkpoint) {
    at = checkpoint.at
    depth = checkpoint.depth
  }
}
