/// A string or number of the document, as the place where it stands: nothing is copied until it is decoded.
///
/// It is a pair of offsets and so may be kept while the document lives; read it through the reader.
public struct JSONText: Sendable, Equatable {
  /// The first byte, behind the opening quote of a string.
  public var start: Int
  /// In bytes as written, escapes undecoded.
  public var count: Int
  /// Does it hold escapes, so that its bytes differ from its value?
  public var hasEscapes: Bool

  public static let empty = JSONText(start: 0, count: 0, hasEscapes: false)

  @inlinable public init(start: Int, count: Int, hasEscapes: Bool) {
    self.start = start
    self.count = count
    self.hasEscapes = hasEscapes
  }

  @inlinable public var isEmpty: Bool { count == 0 }
  @inlinable public var end: Int { start + count }
}
