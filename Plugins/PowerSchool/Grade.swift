import SISKit

/// PowerSchool's grade levels as CEDS codes (PS-Q16, Q18).
enum Grade {
  /// Below 0 `PK`, 0 `KG`, 1 to 13 two digits; 99 (graduated) and anything else has none.
  static func code(_ text: JSONText?, of reader: borrowing JSONReader) -> StaticString? {
    guard let text, let level = reader.integer(of: text) else { return nil }
    switch level {
    case ..<0: return "PK"
    case 0: return "KG"
    case 1...13: return codes[Int(level) - 1]
    default: return nil
    }
  }

  private static let codes: [StaticString] = [
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13",
  ]
}

extension Record {
  mutating func addGrade(_ field: Field, _ text: JSONText?, of reader: borrowing JSONReader) {
    if let code = Grade.code(text, of: reader) { add(field, code) }
  }
}
