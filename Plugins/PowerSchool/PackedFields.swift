import SISKit

/// Fields of a record that is emitted later, end to end in one buffer: of a staff of thousands, each in a place of its own
/// would take five times the memory.
///
///     field (2 bytes)  group (1)  length (2)  value
struct PackedFields {
  private var bytes: [UInt8] = []

  /// A value beyond 65,535 bytes, which no field of a person may have, is cut there, for the host to refuse.
  mutating func add(_ field: Field, _ value: some Collection<UInt8>, group: UInt8 = 0) {
    let value = value.prefix(Int(UInt16.max))
    bytes.reserveCapacity(bytes.count + 5 + value.count)
    append(UInt16(truncatingIfNeeded: field.rawValue))
    bytes.append(group)
    append(UInt16(truncatingIfNeeded: value.count))
    bytes.append(contentsOf: value)
  }

  mutating func add(_ other: PackedFields) { bytes += other.bytes }

  var isEmpty: Bool { bytes.isEmpty }

  /// Calls `body` with each field, in the order in which they were added.
  func each(_ body: (_ field: Field, _ group: UInt8, _ value: ArraySlice<UInt8>) -> Void) {
    var at = 0
    while at < bytes.count {
      let start = at + 5
      let end = start + number(at: at + 3)
      body(Field(rawValue: UInt32(number(at: at))), bytes[at + 2], bytes[start..<end])
      at = end
    }
  }

  private mutating func append(_ number: UInt16) {
    bytes.append(UInt8(number >> 8))
    bytes.append(UInt8(number & 0xFF))
  }

  private func number(at place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }
}
