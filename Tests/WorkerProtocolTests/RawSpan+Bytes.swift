extension RawSpan {
  /// The bytes of an array, lent.
  @_lifetime(borrow bytes)
  init(_ bytes: borrowing [UInt8]) { self = bytes.span.bytes }
}
