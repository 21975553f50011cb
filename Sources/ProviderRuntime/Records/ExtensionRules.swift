import HostModel

/// Which extension fields a provider declares in its manifest, and the form of each. What it does not declare is dropped
/// and said; without a declaration every extension field is kept as text.
struct ExtensionRules: Sendable {
  private var forms: [RecordKind: [[UInt8]: LexicalForm]]

  /// Nil where the manifest declares nothing.
  init?(_ declared: [ProviderManifest.Extension]?) {
    guard let declared else { return nil }
    forms = [:]
    for field in declared {
      guard let kind = RecordKind(name: field.kind), let form = Self.form(field.type) else { continue }
      forms[kind, default: [:]][Array(field.name.utf8)] = form
    }
  }

  /// The types of a manifest's extension fields, by their names in JSON Schema's spirit.
  static let types = ["text", "boolean", "integer", "date", "date-time"]

  static func form(_ type: String) -> LexicalForm? {
    switch type {
    case "text": .text
    case "boolean": .boolean
    case "integer": .integer
    case "date": .date
    case "date-time": .dateTime
    default: nil
    }
  }

  /// Nil: this field is not declared.
  func form(_ kind: RecordKind, _ name: UnsafeRawBufferPointer) -> LexicalForm? {
    name.count <= Self.longestName ? forms[kind]?[Array(name)] : nil
  }

  static let longestName = 128
}
