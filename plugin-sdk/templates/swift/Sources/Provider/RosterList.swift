import SISKit

/// The lists in the order in which they are read: what is referred to comes before what refers to it.
enum RosterList: Int, CaseIterable {
  case schools, users, classes, enrollments

  /// For statistics.
  var word: StaticString {
    switch self {
    case .schools: "schools"
    case .users: "users"
    case .classes: "classes"
    case .enrollments: "enrollments"
    }
  }

  /// The address of the first page.
  var firstTarget: String { "/\(word).json" }

  var kind: Kind {
    switch self {
    case .schools: .org
    case .users: .user
    case .classes: .class
    case .enrollments: .enrollment
    }
  }

  /// What an element of the list becomes.
  func emit(_ element: RosterElement, to output: inout Output, of reader: borrowing JSONReader) {
    output.record(kind) { record in
      record.add(.sourcedID, element.id, of: reader)
      switch self {
      case .schools:
        record.add(.name, element.name, of: reader)
        record.add(.orgType, "school" as StaticString)
      case .users:
        record.add(.givenName, element.given, of: reader)
        record.add(.familyName, element.family, of: reader)
        record.add(.email, element.email, of: reader)
        record.add(.grade, element.grade, of: reader)
        record.add(.primaryOrg, element.school, of: reader)
        // The parts of one role share a group number.
        record.add(.role, element.role, of: reader, group: 1)
        record.add(.roleOrg, element.school, of: reader, group: 1)
      case .classes:
        record.add(.title, element.title, of: reader)
        record.add(.school, element.school, of: reader)
      case .enrollments:
        record.add(.user, element.user, of: reader)
        record.add(.class, element.class, of: reader)
        record.add(.enrollmentRole, element.role, of: reader)
        record.add(.beginDate, element.begin, of: reader)
        record.add(.endDate, element.end, of: reader)
      }
    }
  }
}
