/// What a PowerSchool server does that a reader may stumble over (sis-apis.md 2.13), as switches.
package enum Quirk: String, CaseIterable, Sendable {
  case singleAsObject = "PS-Q01"
  case emptyExpansion = "PS-Q02"
  case emptyList = "PS-Q03"
  case expiresText = "PS-Q04"
  case bareUnauthorized = "PS-Q05"
  case numbersForText = "PS-Q06"
  case queryStrings = "PS-Q07"
  case queryNoRecord = "PS-Q08"
  case pageSizeAboveMaximum = "PS-Q13"
  case staffTwice = "PS-Q14"
  case graduates = "PS-Q16"
  case exclusiveExit = "PS-Q17"
  case gradeNumbers = "PS-Q18"
  case xmlByDefault = "PS-Q20"
  case forbiddenResource = "PS-Q22"
  case throttleStatus = "PS-Q23"
  case noLeadTeacher = "PS-Q24"
  case spellings = "PS-Q30"

  enum Mode {
    /// Part of the format: there is nothing to switch.
    case always
    case on
    case off
  }

  var mode: Mode {
    switch self {
    case .exclusiveExit, .gradeNumbers, .graduates, .queryStrings, .queryNoRecord: .always
    case .pageSizeAboveMaximum, .forbiddenResource, .throttleStatus, .spellings: .off
    default: .on
    }
  }

  var summary: String {
    switch self {
    case .singleAsObject: "a list of one is an object"
    case .emptyExpansion: "an empty expansion is \"\" (off: {})"
    case .emptyList: "an empty list lacks its key, or the container is \"\" (off: [])"
    case .expiresText: "expires_in is a string (off: a number)"
    case .bareUnauthorized: "401 has an empty body and WWW-Authenticate (off: a JSON message besides)"
    case .numbersForText: "home_phone, postal_code and staff local_id are numbers where they can be"
    case .queryStrings: "PowerQuery values are all strings, empty ones left out"
    case .queryNoRecord: "a PowerQuery without rows lacks `record`"
    case .pageSizeAboveMaximum: "pagesize above the maximum is cut down (off: answered with 400)"
    case .staffTwice: "a teacher at two schools comes twice, with one users_dcid"
    case .graduates: "students of status G, grade 99, school 999999 are in the unfiltered lists"
    case .exclusiveExit: "exit_date is the day after the last one"
    case .gradeNumbers: "grade_level -2, -1, 0 for pre-kindergarten and kindergarten"
    case .xmlByDefault: "a request without Accept is answered in XML"
    case .forbiddenResource: "403 for one resource: PS-Q22=staff (or course, term, section, ..)"
    case .throttleStatus: "throttled requests get another status than 429: PS-Q23=503 or 403"
    case .noLeadTeacher: "some sections have no staff_id"
    case .spellings: "status_code instead of enroll_status(_code), full_time_equivelancy"
    }
  }
}

/// Which quirks are on.
package struct QuirkSet: Sendable, Equatable {
  private var on: Set<Quirk>
  package var forbidden: Resource?
  package var throttleStatus = 429

  /// The vendor's usual ways.
  package static let standard = QuirkSet(on: Set(Quirk.allCases.filter { $0.mode != .off }))
  /// Only those that are part of the format.
  package static let none = QuirkSet(on: Set(Quirk.allCases.filter { $0.mode == .always }))
  /// Everything that leaves the data whole.
  package static let nasty = QuirkSet(on: Set(Quirk.allCases.filter { $0 != .forbiddenResource }))

  private init(on: Set<Quirk>) { self.on = on }

  package subscript(_ quirk: Quirk) -> Bool { on.contains(quirk) }

  /// Reads `PS-Q14`, `no-PS-Q14`, `PS-Q22=staff`, `nice`, `nasty`, several joined by commas.
  /// Throws a sentence for what it cannot read.
  package mutating func apply(_ text: String) throws(UsageError) {
    for part in text.split(separator: ",") {
      switch part.lowercased() {
      case "nice": self = .none
      case "nasty": self = .nasty
      case "default": self = .standard
      default: try apply(one: part)
      }
    }
  }

  private mutating func apply(one part: Substring) throws(UsageError) {
    let isOff = part.lowercased().hasPrefix("no-")
    let pieces = part.dropFirst(isOff ? 3 : 0).split(separator: "=", maxSplits: 1)
    let name = pieces.first.map { $0.uppercased() } ?? ""
    guard let quirk = Quirk(rawValue: name) else {
      let known = Quirk.allCases.map(\.rawValue)
      throw UsageError.unknown("quirk", String(part), among: known + ["nice", "nasty", "default"])
    }
    let value = pieces.count > 1 ? String(pieces[1]) : nil
    if quirk.mode == .always, isOff || value == "off" {
      throw UsageError("\(name) is part of the format and cannot be switched off (\(quirk.summary)).")
    }
    if isOff || value == "off" {
      on.remove(quirk)
    } else {
      on.insert(quirk)
    }
    if quirk == .forbiddenResource, !isOff {
      guard let resource = Resource(rawValue: value ?? "staff") else {
        throw UsageError.unknown("resource", value ?? "", among: Resource.allCases.map(\.rawValue))
      }
      forbidden = resource
    }
    if quirk == .throttleStatus, !isOff {
      guard let status = Int(value ?? "503"), [403, 429, 503].contains(status) else {
        throw UsageError("PS-Q23 takes 403, 429 or 503, not \"\(value ?? "")\".")
      }
      throttleStatus = status
    }
  }

  /// A resource that the plugin has no right to.
  package func isForbidden(_ resource: Resource) -> Bool { self[.forbiddenResource] && forbidden == resource }
}
