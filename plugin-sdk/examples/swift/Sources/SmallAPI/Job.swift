import SISKit

/// One list that is read to its end: of the whole district, or of one school.
struct Job {
  enum List { case schools, people, groups, memberships, removals }

  var list: List
  /// nil: the whole district.
  var school: String?

  /// Everything that a run reads, in its order: what is referred to comes before what refers to it. A delta ends with
  /// what was removed.
  static func all(schools: [String], isDelta: Bool) -> [Job] {
    let places: [String?] = schools.isEmpty ? [nil] : schools
    var jobs = [Job(list: .schools)]
    for list in [List.people, .groups, .memberships] + (isDelta ? [.removals] : []) {
      jobs += places.map { Job(list: list, school: $0) }
    }
    return jobs
  }

  /// - Parameter since: where a delta begins; nil for everything.
  func target(page: Int, limit: Int, since: String?) -> String {
    var target = "/v1/\(list.word)?page=\(page)&limit=\(limit)"
    if let school { target += "&school=" + school }
    if let since { target += list == .removals ? "&since=" + since : "&updatedSince=" + since }
    return target
  }
}

extension Job.List {
  /// The name of the list in addresses, and for statistics.
  var word: StaticString {
    switch self {
    case .schools: "schools"
    case .people: "people"
    case .groups: "groups"
    case .memberships: "memberships"
    case .removals: "removals"
    }
  }

  /// What its elements become; nil for removals, which are of all kinds.
  var kind: Kind? {
    switch self {
    case .schools: .org
    case .people: .user
    case .groups: .class
    case .memberships: .enrollment
    case .removals: nil
    }
  }

  /// The field that says which school a record is of.
  var schoolField: Field { self == .people ? .primaryOrg : .school }
}
