import SISKit

/// One element of the school list.
struct School {
  var id: JSONText?
  var name: JSONText?
  var number: JSONText?
  var stateID: JSONText?
  var lowGrade: JSONText?
  var highGrade: JSONText?

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = try reader.scalar()
      } else if reader.matches(key, "name") {
        name = try reader.lenientScalar()
      } else if reader.matches(key, "school_number") {
        number = try reader.lenientScalar()
      } else if reader.matches(key, "state_province_id") {
        stateID = try reader.lenientScalar()
      } else if reader.matches(key, "low_grade") {
        lowGrade = try reader.lenientScalar()
      } else if reader.matches(key, "high_grade") {
        highGrade = try reader.lenientScalar()
      } else {
        try reader.skip()
      }
    }
  }

  func emit(to output: inout Output, of reader: borrowing JSONReader) {
    output.record(.org) { record in
      record.add(.sourcedID, id, of: reader)
      record.add(.identifier, number, of: reader, name: "schoolNumber")
      record.add(.identifier, stateID, of: reader, name: "stateId")
      record.add(.name, name, of: reader)
      record.add(.orgType, "school")
      record.addGrade(.lowGrade, lowGrade, of: reader)
      record.addGrade(.highGrade, highGrade, of: reader)
    }
  }
}
