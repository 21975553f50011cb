/// The canonical kinds. The numbers are the ABI's `SIS_KIND_...`; the names are OneRoster's.
package enum RecordKind: UInt32, CaseIterable, Hashable, Sendable {
  case org = 1
  case academicSession = 2
  case course = 3
  case `class` = 4
  case user = 5
  case enrollment = 6
  case demographics = 7
  case contact = 8

  /// The word in exports, tables and messages.
  package var name: String {
    switch self {
    case .org: "org"
    case .academicSession: "academicSession"
    case .course: "course"
    case .class: "class"
    case .user: "user"
    case .enrollment: "enrollment"
    case .demographics: "demographics"
    case .contact: "contact"
    }
  }

  package init?(name: String) {
    guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }

  /// The order of exports: by name, bytewise.
  package static let inExportOrder: [RecordKind] = [
    .academicSession, .class, .contact, .course, .demographics, .enrollment, .org, .user,
  ]
}
