/// What is not personal by its place or its form, and so is kept (docs/recordings.md, "What stays"). A
/// provider decides by these values what to ask for next and what a record is.
enum StructuralRules {
  /// Words that say a state, a kind or a role. None of them is a name of people.
  private static let words: Set<String> = [
    "true", "false", "yes", "no", "none", "unknown", "other",
    "active", "inactive", "enabled", "disabled", "enrolled", "dropped", "tobedeleted", "deleted", "current",
    "former",
    "preregistered", "transferredout", "transferred", "graduated", "historical", "pending", "withdrawn",
    "student", "students", "teacher", "aide", "administrator", "counselor", "guardian", "parent", "relative",
    "proctor",
    "principal", "systemadministrator", "siteadministrator", "districtadministrator", "staff", "substitute",
    "primary",
    "secondary", "district", "school", "department", "local", "state", "national",
    "schoolyear", "semester", "trimester", "quarter", "term", "gradingperiod", "scheduled", "homeroom",
    "male", "female", "home", "work", "mobile", "sms", "main", "mailing", "physical",
    "kg", "pk", "tk", "ps", "ug", "full", "delta", "partial", "complete",
  ]

  static func isWord(_ text: String) -> Bool { text.utf8.count <= 24 && words.contains(text.lowercased()) }

  /// Whose values are figures of the interface: "count", "student_max_page_size", "totalCount".
  private static let figureEnds: Set<String> = [
    "count", "counts", "total", "totals", "size", "page", "pages", "pagesize", "limit", "offset", "remaining",
  ]
  private static let figureStarts: Set<String> = ["total", "max", "min", "page"]
  /// Whose values, where they are a single word, say a state or a kind: "enroll_status", "orgType".
  private static let wordEnds: Set<String> = [
    "status", "type", "types", "role", "roles", "gender", "sex", "grade", "grades", "level", "mode", "kind",
    "format",
  ]
  /// Whose values list what the interface can do.
  private static let interfaceEnds: Set<String> = ["expansions", "extensions"]

  static func isFigure(_ key: [String]) -> Bool {
    guard let first = key.first, let last = key.last else { return false }
    return figureEnds.contains(last) || figureStarts.contains(first)
  }

  static func isYear(_ key: [String]) -> Bool { key.last == "year" }

  static func saysKind(_ key: [String]) -> Bool { key.last.map(wordEnds.contains) ?? false }

  static func isInterface(_ key: [String]) -> Bool { key.last.map(interfaceEnds.contains) ?? false }

  /// The words of a name: `student_max_page_size`, `totalCount`, `@expansions`.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for scalar in name.unicodeScalars.prefix(200) {
      let isLetter = scalar.properties.isAlphabetic
      if !isLetter || (wasSmall && scalar.properties.isUppercase) {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if isLetter { word.unicodeScalars.append(scalar) }
      wasSmall = isLetter && !scalar.properties.isUppercase
    }
    if !word.isEmpty { words.append(word.lowercased()) }
    return words
  }
}
