/// What the host must export after a sync, made from the district itself and never from what is served
/// (docs/canonical-model.md).
package struct DistrictTruth {
  package enum Source: Sendable {
    /// With what the plugin has no right to read left out (PS-Q22).
    case powerSchool(QuirkSet)
    /// Only the members that the CSV files have as columns.
    case csv
    /// Only what the small API tells: no courses, no sessions, and bus routes besides.
    case smallAPI
  }

  let district: District
  let source: Source
  let writer: CanonicalWriter

  package init(_ district: District, source: Source, flush: @escaping (ByteBuffer) -> Void) {
    self.district = district
    self.source = source
    writer = CanonicalWriter(flush: flush)
  }

  /// The whole export, for tests.
  package static func text(_ district: District, source: Source) -> String {
    let whole = ByteBuffer(capacity: 1 << 16)
    DistrictTruth(district, source: source) { whole.append($0.raw) }.write()
    return whole.text
  }

  /// A person has one role, at one school, without dates; no addresses, no demographics.
  var isFlat: Bool { if case .powerSchool = source { false } else { true } }
  var isSmallAPI: Bool { if case .smallAPI = source { true } else { false } }

  func reads(_ resource: Resource) -> Bool {
    if case .powerSchool(let quirks) = source { !quirks.isForbidden(resource) } else { true }
  }

  /// All lines: kinds by name, ids bytewise.
  package func write() {
    if reads(.term), !isSmallAPI { sessions() }
    if reads(.section) { classes() }
    if reads(.course), !isSmallAPI { courses() }
    if reads(.student), !isFlat { demographics() }
    enrollments()
    if reads(.school) { orgs() }
    if reads(.student) { students() }
    if reads(.staff) { staff() }
    writer.finish()
  }

  // MARK: Grades and dates

  /// The grade rule: CEDS codes; nil for what has none.
  static func writeGrade(_ grade: Int, to out: ByteBuffer) {
    switch grade {
    case ..<0: out.append("PK")
    case 0: out.append("KG")
    case 1...13: out.append(padded: grade, width: 2)
    default: break
    }
  }

  // MARK: Kinds

  private func sessions() {
    let last = 200 + district.schools.count * 10
    for id in LexicalNumbers(200..<last) {
      let school = district.schools[(id - 200) / 10]
      let year = district.plan.startYear
      let terms = Term.of(school, startYear: year, current: year)
      guard let term = terms.first(where: { $0.dcid == id }) else { continue }
      writer.line("academicSession") {
        writer.id("sourcedId", term.dcid)
        if !isFlat {
          writer.identifier("termId") { $0.append(term.localID) }
          writer.list("identifiers")
        }
        if term.portion != 1, let whole = terms.first(where: { $0.portion == 1 }) { writer.id("parent", whole.dcid) }
        writer.text("title") { term.writeName(to: $0) }
        writer.word("sessionType", Self.sessionType(term))
        writer.number("schoolYear", term.startYear + 1)
        writer.word("code", term.abbreviation)
        writer.id("school", school.dcid)
        writer.date("beginDate", term.begin)
        writer.date("endDate", term.end)
      }
    }
  }

  static func sessionType(_ term: Term) -> StaticString {
    switch term.portion {
    case 1: "schoolYear"
    case 2: "semester"
    default: "term"
    }
  }

  private func classes() {
    let range = Section.firstID..<Section.firstID + district.base.sections
    for id in LexicalNumbers(range) {
      guard let section = district.section(id - Section.firstID) else { continue }
      writer.line("class") {
        writer.id("sourcedId", id)
        if isSmallAPI { writer.text("title") { section.course.writeName(to: $0) } }
        writer.text("code") { section.writeNumber(to: $0) }
        writer.word("classType", "scheduled")
        if !isSmallAPI { writer.id("course", section.course.id) }
        writer.id("school", district.schools[section.school].dcid)
        if !isSmallAPI { writer.list("sessions") { $0.append(section.term.dcid) } }
        writer.list("periods") { section.writeExpression(to: $0) }
      }
    }
  }

  private func courses() {
    let all = Set(district.schools.prefix(3).flatMap { district.courses(at: $0) })
    for course in all.sorted(by: { "\($0.id)" < "\($1.id)" }) {
      writer.line("course") {
        writer.id("sourcedId", course.id)
        writer.text("title") { course.writeName(to: $0) }
        writer.text("code") { course.writeNumber(to: $0) }
      }
    }
  }

  private func orgs() {
    for id in LexicalNumbers(3..<3 + district.schools.count) {
      let school = district.schools[id - 3]
      writer.line("org") {
        writer.id("sourcedId", id)
        if !isFlat {
          writer.identifier("schoolNumber") { $0.append(school.number) }
          if school.hasStateID { writer.identifier("stateId") { school.writeStateID(to: $0) } }
          writer.list("identifiers")
        }
        writer.text("name") { school.writeName(to: $0) }
        writer.word("orgType", "school")
        writer.text("lowGrade") { Self.writeGrade(school.lowGrade, to: $0) }
        writer.text("highGrade") { Self.writeGrade(school.highGrade, to: $0) }
      }
    }
  }
}
