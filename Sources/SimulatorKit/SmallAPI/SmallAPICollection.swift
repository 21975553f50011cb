/// The lists of the small API, and where each of their elements stands in the district.
enum SmallAPICollection: String, CaseIterable {
  case schools, people, groups, memberships

  /// An element: a school's, student's or section's place, or an enrollment's id; -1 and below count the staff, and
  /// the leaders of the sections.
  typealias Key = Int

  /// Everything that is on the list, in its order.
  func keys(in district: District) -> [Key] {
    switch self {
    case .schools: Array(district.schools.indices)
    case .people: district.current.map { Int($0) } + (0..<district.base.people).map { -1 - $0 }
    case .groups: Array(0..<district.base.sections)
    case .memberships:
      district.enrollmentIDs.filter { district.enrollment(id: $0) != nil }
        + (0..<district.base.sections).map { -1 - $0 }
    }
  }

  /// The school that an element belongs to, as a place in the district's schools; nil where the element is not on
  /// the list.
  func school(of key: Key, in district: District) -> Int? {
    switch self {
    case .schools: return key
    case .people:
      if key < 0 { return district.rows(of: -1 - key).first?.school }
      return district.isCurrent(key) ? district.student(key).school : nil
    case .groups: return district.base.schoolOfSection(key)?.index
    case .memberships:
      if key < 0 { return district.base.schoolOfSection(-1 - key)?.index }
      return district.enrollment(id: key).flatMap { district.base.schoolOfSection($0.section)?.index }
    }
  }
}
