extension RosterField {
  /// Every field of ABI 1.0, in rising order of id.
  package static let catalogue: [RosterField] = [
    RosterField(1, "sourcedId", .id),
    RosterField(2, "status", .word),
    RosterField(3, "dateLastModified", .dateTime),
    RosterField(4, "previousId", .id),
    RosterField(5, "identifiers", .text, .typedList),
    RosterField(6, "ext", .text, .named),

    RosterField(20, "name", .text),
    RosterField(21, "orgType", .word),
    RosterField(22, "parent", .id),
    RosterField(23, "lowGrade", .word),
    RosterField(24, "highGrade", .word),
    RosterField(25, "timeZone", .text),

    RosterField(40, "title", .text),
    RosterField(41, "sessionType", .word),
    RosterField(42, "schoolYear", .integer),
    RosterField(43, "code", .text),
    RosterField(44, "classType", .word),
    RosterField(45, "course", .id),
    RosterField(46, "school", .id),
    RosterField(47, "sessions", .id, .list),
    RosterField(48, "subjects", .text, .list),
    RosterField(49, "periods", .text, .list),
    RosterField(50, "location", .text),
    RosterField(51, "org", .id),
    RosterField(52, "department", .id),

    RosterField(70, "username", .text),
    RosterField(71, "enabled", .boolean),
    RosterField(72, "givenName", .text),
    RosterField(73, "middleName", .text),
    RosterField(74, "familyName", .text),
    RosterField(75, "preferredGivenName", .text),
    RosterField(76, "preferredMiddleName", .text),
    RosterField(77, "preferredFamilyName", .text),
    RosterField(78, "email", .text),
    RosterField(79, "grades", .word, .list),
    RosterField(80, "enrollStatus", .word),
    RosterField(81, "graduationYear", .integer),
    RosterField(82, "primaryOrg", .id),
    RosterField(83, "role", .word, .part(of: .roles)),
    RosterField(84, "org", .id, .part(of: .roles)),
    RosterField(85, "roleType", .word, .part(of: .roles)),
    RosterField(86, "beginDate", .date, .part(of: .roles)),
    RosterField(87, "endDate", .date, .part(of: .roles)),
    RosterField(88, "grade", .word, .part(of: .roles)),
    RosterField(89, "type", .word, .part(of: .phones)),
    RosterField(90, "number", .text, .part(of: .phones)),
    RosterField(91, "type", .word, .part(of: .addresses)),
    RosterField(92, "street", .text, .part(of: .addresses)),
    RosterField(93, "street2", .text, .part(of: .addresses)),
    RosterField(94, "city", .text, .part(of: .addresses)),
    RosterField(95, "state", .text, .part(of: .addresses)),
    RosterField(96, "postcode", .text, .part(of: .addresses)),
    RosterField(97, "country", .text, .part(of: .addresses)),
    RosterField(98, "type", .word, .part(of: .emails)),
    RosterField(99, "address", .text, .part(of: .emails)),
    RosterField(100, "agents", .id, .list),

    RosterField(120, "user", .id),
    RosterField(121, "class", .id),
    RosterField(122, "role", .word),
    RosterField(123, "primary", .boolean),
    RosterField(124, "beginDate", .date),
    RosterField(125, "endDate", .date),

    RosterField(140, "birthDate", .date),
    RosterField(141, "sex", .word),
    RosterField(142, "races", .word, .list),
    RosterField(143, "hispanic", .boolean),
    RosterField(144, "birthCity", .text),
    RosterField(145, "birthState", .text),
    RosterField(146, "birthCountry", .text),
    RosterField(147, "homeLanguage", .text),
    RosterField(148, "residencyStatus", .text),

    RosterField(160, "student", .id),
    RosterField(161, "relationship", .text),
    RosterField(162, "custodial", .boolean),
    RosterField(163, "emergency", .boolean),
    RosterField(164, "livesWith", .boolean),
    RosterField(165, "pickup", .boolean),
    RosterField(166, "receivesMail", .boolean),
    RosterField(167, "order", .integer),
  ]

  package static let sourcedID: UInt32 = 1
  package static let status: UInt32 = 2

  private static let byID: [RosterField?] = {
    var table = [RosterField?](repeating: nil, count: 256)
    for field in catalogue { table[Int(field.id)] = field }
    return table
  }()

  /// The field of this number; nil for one that a newer minor version of the ABI may have added.
  package static func with(id: UInt32) -> RosterField? { id < 256 ? byID[Int(id)] : nil }

  /// The field a record key names, top-level members only (not the parts of a composite).
  package static func topLevel(named name: String) -> RosterField? {
    catalogue.first {
      if case .part = $0.place { return false }
      return $0.name == name
    }
  }
}

extension RecordKind {
  /// What a record of this kind cannot do without: of each inner list, at least one field
  /// (`sis_plugin.h`, "needs").
  package var needs: [[UInt32]] {
    switch self {
    case .org: [[20], [21]]
    case .academicSession: [[40], [41], [124], [125]]
    case .course: [[40]]
    case .class: [[45, 40], [46]]
    case .user: [[74, 72], [83]]
    case .enrollment: [[120], [121], [122]]
    case .demographics: []
    case .contact: [[160], [120]]
    }
  }
}
