/// How a call of the sink stands in a frame: a number that says which, then its values.
///
/// Bytes and lists are their length (64 bits) and 1 where they have no address or else 0 (32 bits); then come
/// the bytes or the elements, unless there are more than `SinkBounds` lets through. A struct stands in the
/// same way: its size, its values. The fields of a record, of which there are many, stand as four words each
/// (id, group, length of the name, length of the value) and behind them all names and values.
enum SinkCall: UInt32 {
  case request = 1
  case record, reject, cursor, end, note, error

  /// Instead of the length in a field's words: it has one, and no address; it is beyond all memory (negative
  /// as an Int).
  static let noFieldAddress = UInt32.max
  static let beyondMemory = UInt32.max - 1
  static let fieldWords = 16
}
