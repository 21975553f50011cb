import CSISPlugin
import HostModel
import ProviderABI
import SyncCore

/// One thing that a provider told the sink, as bytes that can be compared.
struct ProbeEvent: Equatable {
  enum Kind: UInt8 { case request, record, reject, cursor, end, note, error }

  let kind: Kind
  /// For messages, and for records the key: "user S4001".
  let name: String
  let bytes: [UInt8]
  /// What they mean to a host: of a record its fields as sets, since the order of a list carries no meaning.
  let meaning: [UInt8]
}

/// Writes values one behind another, so that different ones never give the same bytes.
struct EventBytes {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: UInt64(truncatingIfNeeded: number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ value: sis_bytes) {
    let buffer = UnsafeRawBufferPointer(value)
    add(buffer.count)
    bytes.append(contentsOf: buffer)
  }

  mutating func add(_ fields: UnsafeBufferPointer<sis_field>) {
    for field in fields {
      add(field.group)
      add(field)
    }
  }

  /// All but its group, which only says what belongs together.
  private mutating func add(_ field: sis_field) {
    add(field.id)
    add(field.name)
    add(field.value)
  }

  /// The fields as a host keeps them: sorted, without repeats and empty values, those of a group together
  /// (docs/canonical-model.md).
  static func meaning(of fields: UnsafeBufferPointer<sis_field>) -> [UInt8] {
    var single: [[UInt8]] = []
    var parts: [Part: [[UInt8]]] = [:]
    for field in fields where field.value.len > 0 {
      var bytes = EventBytes()
      bytes.add(field)
      if case .part(let composite)? = RosterField.with(id: field.id)?.place {
        parts[Part(composite: composite, group: field.group), default: []].append(bytes.bytes)
      } else {
        single.append(bytes.bytes)
      }
    }
    return sorted(single + parts.values.map { sorted($0).flatMap { $0 } }).flatMap { $0 }
  }

  /// One role, one phone: each composite counts its groups by itself.
  private struct Part: Hashable {
    var composite: Composite
    var group: UInt32
  }

  private static func sorted(_ parts: [[UInt8]]) -> [[UInt8]] {
    var unique: [[UInt8]] = []
    for part in parts.sorted(by: { $0.lexicographicallyPrecedes($1) }) where part != unique.last {
      unique.append(part)
    }
    return unique
  }
}

extension sis_bytes {
  var words: String { String(decoding: UnsafeRawBufferPointer(self), as: UTF8.self) }
}
