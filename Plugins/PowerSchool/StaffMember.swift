import SISKit

/// One element of a school's staff list. It is kept until all schools were read, since one person stands in the list of
/// each school (PS-Q14): so its values are copies.
struct StaffMember {
  var id: [UInt8] = []
  var usersDCID: [UInt8]?
  /// The fields of the user in rising order, but for its roles.
  var fields = PackedFields()
  /// A `role` each, and a `roleOrg` behind it where it has a school.
  var roles = PackedFields()

  /// `T` and the person's number; the row's own where there is none.
  var personID: [UInt8] { [UInt8(ascii: "T")] + (usersDCID ?? id) }

  /// For "the element with the lowest id".
  func precedes(_ row: [UInt8]) -> Bool {
    id.count != row.count ? id.count < row.count : id.lexicographicallyPrecedes(row)
  }

  /// - Returns: nil for an element without an id.
  static func read(_ reader: inout JSONReader) throws(JSONError) -> StaffMember? {
    var member = StaffMember()
    var (number, teacherLogin, adminLogin, email, phone): (JSONText?, JSONText?, JSONText?, JSONText?, JSONText?)
    var (names, home) = (Names(), Address())
    try reader.eachMember { (key, reader) throws(JSONError) in
      if reader.matches(key, "id") {
        member.id = copy(try reader.scalar(), of: reader) ?? []
      } else if reader.matches(key, "users_dcid") {
        member.usersDCID = copy(try reader.scalar(), of: reader)
      } else if reader.matches(key, "local_id") {
        number = try reader.lenientScalar()
      } else if reader.matches(key, "teacher_username") {
        teacherLogin = try reader.lenientScalar()
      } else if reader.matches(key, "admin_username") {
        adminLogin = try reader.lenientScalar()
      } else if reader.matches(key, "name") {
        try names.read(&reader)
      } else if reader.matches(key, "emails") {
        try reader.members { (key, reader) throws(JSONError) in
          if reader.matches(key, "work_email") { email = try reader.lenientScalar() } else { try reader.skip() }
        }
      } else if reader.matches(key, "phones") {
        try reader.members { (key, reader) throws(JSONError) in
          if reader.matches(key, "home_phone") { phone = try reader.lenientScalar() } else { try reader.skip() }
        }
      } else if reader.matches(key, "addresses") {
        try reader.members { (key, reader) throws(JSONError) in
          if reader.matches(key, "home") { try home.read(&reader) } else { try reader.skip() }
        }
      } else if reader.matches(key, "school_affiliations") {
        try reader.members { (key, reader) throws(JSONError) in
          guard reader.matches(key, "school_affiliation") else { return try reader.skip() }
          try reader.eachOneOrMany { (reader) throws(JSONError) in try member.readAffiliation(&reader) }
        }
      } else {
        try reader.skip()
      }
    }
    guard !member.id.isEmpty else { return nil }
    func keep(_ field: Field, _ text: JSONText?, group: UInt8 = 0) {
      if let value = copy(text, of: reader) { member.fields.add(field, value, group: group) }
    }
    keep(.identifier, number)
    keep(.username, teacherLogin ?? adminLogin)
    member.fields.add(.enabled, "true".utf8)
    keep(.givenName, names.first)
    keep(.middleName, names.middle)
    keep(.familyName, names.last)
    keep(.email, email)
    if reader.hasValue(phone) {
      member.fields.add(.phoneType, "home".utf8, group: 1)
      keep(.phoneNumber, phone, group: 1)
    }
    if !home.isEmpty(reader) {
      member.fields.add(.addressType, "home".utf8, group: 1)
      keep(.addressStreet, home.street, group: 1)
      keep(.addressCity, home.city, group: 1)
      keep(.addressState, home.state, group: 1)
      keep(.addressPostcode, home.postcode, group: 1)
    }
    return member
  }

  private mutating func readAffiliation(_ reader: inout JSONReader) throws(JSONError) {
    var (school, type, status): (JSONText?, JSONText?, JSONText?)
    try reader.members { (key, reader) throws(JSONError) in
      if reader.matches(key, "school_id") {
        school = try reader.lenientScalar()
      } else if reader.matches(key, "type") {
        type = try reader.lenientScalar()
      } else if reader.matches(key, "status") {
        status = try reader.lenientScalar()
      } else {
        try reader.skip()
      }
    }
    guard let status, reader.matches(status, "1") else { return }
    let role =
      switch type.flatMap({ reader.integer(of: $0) }) {
      case 1: "teacher"
      case 4: "substitute"
      default: "staff"
      }
    roles.add(.role, role.utf8)
    // School 0 is the district office: a role without a school.
    if let place = copy(school, of: reader), place != [UInt8(ascii: "0")] { roles.add(.roleOrg, place) }
  }
}

/// The decoded value, trimmed; nil where there is none.
func copy(_ text: JSONText?, of reader: borrowing JSONReader) -> [UInt8]? {
  guard let text else { return nil }
  var value: [UInt8] = []
  reader.append(text, to: &value)
  let trimmed = value.drop(while: { $0 == 0x20 || (0x09...0x0D).contains($0) })
  let end = trimmed.lastIndex { $0 != 0x20 && !(0x09...0x0D).contains($0) }
  return end.map { Array(trimmed[...$0]) }
}
