import SISKit

/// One element of `/v1/schools`. Its members are views of the answer: nothing is copied.
struct School {
  private var id: JSONText?
  private var name: JSONText?
  private var lowest: JSONText?
  private var highest: JSONText?

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "name") {
        name = try reader.scalar()
      } else if reader.matches(key, "lowestGrade") {
        lowest = try reader.scalar()
      } else if reader.matches(key, "highestGrade") {
        highest = try reader.scalar()
      } else {
        try reader.skip()
      }
    }
  }

  /// - Parameter chosen: the ids that the district wants; empty: all.
  func emit(to output: inout Output, of reader: borrowing JSONReader, chosen: [String]) {
    guard chosen.isEmpty || id.map({ chosen.contains(reader.text($0)) }) ?? false else { return }
    output.record(.org) { record in
      record.add(.sourcedID, id, of: reader)
      record.add(.name, name, of: reader)
      record.add(.orgType, "school")
      record.addGrade(.lowGrade, lowest, of: reader)
      record.addGrade(.highGrade, highest, of: reader)
    }
  }
}

extension Record {
  private static let grades: [StaticString] = [
    "PK", "PK", "KG", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13",
  ]

  /// CEDS words for -2 to 13; nothing for anything else.
  mutating func addGrade(_ field: Field, _ text: JSONText?, of reader: borrowing JSONReader) {
    guard let number = text.flatMap({ reader.integer(of: $0) }), (-2...13).contains(number) else { return }
    add(field, Self.grades[Int(number) + 2])
  }
}
