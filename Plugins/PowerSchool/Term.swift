import SISKit

/// One term of a school. It is kept until the school's list is whole, since a term names the year that holds it.
struct Term {
  var id: [UInt8] = []
  var localID: [UInt8]?
  var startYear: [UInt8]?
  var portion: [UInt8]?
  var begin: [UInt8]?
  var end: [UInt8]?
  var code: [UInt8]?
  var name: [UInt8]?

  var isYear: Bool { portion == [UInt8(ascii: "1")] }

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        id = copy(try reader.scalar(), of: reader) ?? []
      } else if reader.matches(key, "local_id") {
        localID = copy(try reader.lenientScalar(), of: reader)
      } else if reader.matches(key, "start_year") {
        startYear = copy(try reader.lenientScalar(), of: reader)
      } else if reader.matches(key, "portion") {
        portion = copy(try reader.lenientScalar(), of: reader)
      } else if reader.matches(key, "start_date") {
        begin = copy(try reader.lenientScalar(), of: reader)
      } else if reader.matches(key, "end_date") {
        end = copy(try reader.lenientScalar(), of: reader)
      } else if reader.matches(key, "abbreviation") {
        code = copy(try reader.lenientScalar(), of: reader)
      } else if reader.matches(key, "name") {
        name = copy(try reader.lenientScalar(), of: reader)
      } else {
        try reader.skip()
      }
    }
  }

  /// - Parameter terms: all of the school, to find the year that holds this one.
  func emit(to output: inout Output, school: String, among terms: [Term]) {
    let year = isYear ? nil : terms.first { $0.isYear && $0.startYear == startYear }
    let endsIn = startYear.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }.flatMap { $0 < 9_999 ? $0 + 1 : nil }
    output.record(.academicSession) { record in
      record.add(.sourcedID, id)
      record.add(.identifier, localID ?? [], name: "termId")
      record.add(.parent, year?.id ?? [])
      record.add(.title, name ?? [])
      record.add(.sessionType, isYear ? "schoolYear" : portion == [UInt8(ascii: "2")] ? "semester" : "term")
      if let endsIn { record.add(.schoolYear, endsIn) }
      record.add(.code, code ?? [])
      record.add(.school, school)
      record.add(.beginDate, begin ?? [])
      record.add(.endDate, end ?? [])
    }
  }
}
