import CSISPlugin
import HostModel

@testable import ProviderRuntime

/// The fields of a record, as a provider hands them over, and what the builder makes of them.
struct RecordFields: ExpressibleByArrayLiteral {
  struct Field {
    var id: UInt32
    var group: UInt32 = 0
    var name: [UInt8] = []
    var value: [UInt8]

    init(_ id: UInt32, _ value: String, name: String = "", group: UInt32 = 0) {
      self.init(id, bytes: Array(value.utf8), name: Array(name.utf8), group: group)
    }

    init(_ id: UInt32, bytes: [UInt8], name: [UInt8] = [], group: UInt32 = 0) {
      (self.id, self.group, self.name, value) = (id, group, name, bytes)
    }
  }

  var fields: [Field]
  init(arrayLiteral elements: Field...) { fields = elements }
  init(_ fields: [Field]) { self.fields = fields }

  /// Lends the fields as C structs, all text in one buffer.
  func lend<Result>(_ body: (UnsafeBufferPointer<sis_field>) -> Result) -> Result {
    var text: [UInt8] = [0]
    let places = fields.map { field in
      let start = text.count
      text += field.name + field.value
      return (start, start + field.name.count)
    }
    return text.withUnsafeBytes { text in
      let raw = zip(fields, places).map { field, place in
        sis_field(
          id: field.id, group: field.group,
          name: sis_bytes(ptr: text.baseAddress?.advanced(by: place.0), len: field.name.count),
          value: sis_bytes(ptr: text.baseAddress?.advanced(by: place.1), len: field.value.count))
      }
      return raw.withUnsafeBufferPointer(body)
    }
  }

  /// The canonical object, or the reject, that a record of this kind becomes.
  func built(_ kind: UInt32, extensions: ExtensionRules? = nil) -> Built {
    var builder = RecordBatchBuilder(extensions: extensions)
    lend { builder.add(kind: kind, $0) }
    let (batch, rejects) = builder.take()
    if let entry = batch.entries.first, batch.entries.count == 1, rejects.isEmpty {
      return .record(batch.json(of: entry))
    }
    guard let reject = rejects.first, rejects.count == 1, batch.entries.isEmpty, batch.bytes.isEmpty else {
      return .neither("\(batch.entries.count) records and \(rejects.count) rejects")
    }
    return .reject(reject)
  }

  enum Built: Equatable {
    case record(String)
    case reject(RecordReject)
    case neither(String)

    var json: String? { if case .record(let json) = self { json } else { nil } }
    var reject: RecordReject? { if case .reject(let reject) = self { reject } else { nil } }
  }

  static func + (left: RecordFields, right: RecordFields) -> RecordFields {
    RecordFields(left.fields + right.fields)
  }
}
