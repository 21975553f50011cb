/// The records of one provider call: canonical bytes, end to end in one buffer, and where each stands.
///
/// A record's bytes are its canonical JSON object (docs/canonical-model.md): this is what is hashed, stored
/// and exported. One buffer a page keeps the hot path free of allocations a record.
package struct RecordBatch: Sendable {
  package struct Entry: Sendable {
    package var kind: RecordKind
    /// Where the canonical object stands in `bytes`.
    package var offset: Int
    package var length: Int
    /// Where the record's sourcedId (raw UTF-8, not escaped) stands in `bytes`, before the object.
    package var idOffset: Int
    package var idLength: Int
    package var digest: RecordDigest

    package init(
      kind: RecordKind, offset: Int, length: Int, idOffset: Int, idLength: Int, digest: RecordDigest
    ) {
      self.kind = kind
      self.offset = offset
      self.length = length
      self.idOffset = idOffset
      self.idLength = idLength
      self.digest = digest
    }
  }

  package var bytes: [UInt8]
  package var entries: [Entry]

  package init(bytes: [UInt8] = [], entries: [Entry] = []) {
    self.bytes = bytes
    self.entries = entries
  }

  /// For display and tests; the hot path reads `bytes` in place.
  package func sourcedID(of entry: Entry) -> String {
    String(decoding: bytes[entry.idOffset..<entry.idOffset + entry.idLength], as: UTF8.self)
  }

  package func json(of entry: Entry) -> String {
    String(decoding: bytes[entry.offset..<entry.offset + entry.length], as: UTF8.self)
  }
}
