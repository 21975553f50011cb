import CSISPlugin

/// One record on its way out: fields as views of the answer, so that nothing is copied.
///
/// Values with JSON escapes, and those that are put together, are written into an arena that is emptied for each
/// record. Both buffers are kept: in the steady state a record allocates nothing.
public struct Record: ~Copyable {
  var fields: [sis_field] = []
  var arena = Arena()

  mutating func begin() {
    fields.removeAll(keepingCapacity: true)
    arena.empty()
  }

  private mutating func append(_ field: Field, _ group: UInt32, _ value: sis_bytes, name: StaticString? = nil) {
    guard value.len > 0 else { return }
    let named = name.map { sis_bytes(ptr: UnsafeRawPointer($0.utf8Start), len: $0.utf8CodeUnitCount) }
    fields.append(
      sis_field(id: field.rawValue, group: group, name: named ?? sis_bytes(ptr: nil, len: 0), value: value))
  }

  /// Adds a word or text known when the provider was written.
  public mutating func add(_ field: Field, _ value: StaticString, group: UInt32 = 0) {
    append(field, group, sis_bytes(ptr: UnsafeRawPointer(value.utf8Start), len: value.utf8CodeUnitCount))
  }

  /// Adds a text of the document; nil and empty text add nothing.
  ///
  /// - Parameters:
  ///   - prefix: written before the value, as in `S4711`.
  ///   - name: the type of an identifier or the name of an extension field.
  public mutating func add(
    _ field: Field, _ text: JSONText?, of reader: borrowing JSONReader, prefix: StaticString? = nil,
    group: UInt32 = 0, name: StaticString? = nil
  ) {
    guard let text, !text.isEmpty else { return }
    if prefix == nil, !text.hasEscapes {
      return append(field, group, reader.view(text), name: name)
    }
    let value = arena.write { (buffer) in
      if let prefix { for index in 0..<prefix.utf8CodeUnitCount { buffer.append(prefix.utf8Start[index]) } }
      let start = buffer.count
      reader.append(text, to: &buffer)
      if text.hasEscapes { trimEnds(&buffer, from: start) }
    }
    append(field, group, value, name: name)
  }

  /// Adds a value that the provider made.
  public mutating func add(_ field: Field, _ value: some Sequence<UInt8>, group: UInt32 = 0, name: StaticString? = nil) {
    append(field, group, arena.write { $0.append(contentsOf: value) }, name: name)
  }

  // The two kinds of value that most records have; code that is generic over values runs unspecialized in another module.

  public mutating func add(_ field: Field, _ value: [UInt8], group: UInt32 = 0, name: StaticString? = nil) {
    append(field, group, arena.write(value.span.bytes), name: name)
  }

  public mutating func add(_ field: Field, _ value: String, group: UInt32 = 0, name: StaticString? = nil) {
    var value = value
    let bytes = value.withUTF8 { arena.write(Span(_unsafeElements: $0).bytes) }
    append(field, group, bytes, name: name)
  }

  public mutating func add(_ field: Field, _ value: Bool, group: UInt32 = 0) {
    if value { add(field, "true" as StaticString, group: group) } else { add(field, "false" as StaticString, group: group) }
  }

  public mutating func add(_ field: Field, _ value: Int64, group: UInt32 = 0) { add(field, String(value), group: group) }
}

/// Drops white space at both ends of what stands in `buffer` from `start` on: escapes may have hidden it.
private func trimEnds(_ buffer: inout [UInt8], from start: Int) {
  while buffer.count > start, let last = buffer.last, JSONReader.isSpace(last) { buffer.removeLast() }
  var leading = start
  while leading < buffer.count, JSONReader.isSpace(buffer[leading]) { leading += 1 }
  buffer.removeSubrange(start..<leading)
}
