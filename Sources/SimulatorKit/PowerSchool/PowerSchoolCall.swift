import Glibc

/// One call of `/ws`: finds the resource, reads paging and expansions, renders.
struct PowerSchoolCall {
  let service: PowerSchoolService
  let request: HTTPRequestHead
  let answer: HTTPAnswer
  let district: District

  var quirks: QuirkSet { service.options.quirks }
  private var path: [String] { request.segments }

  func run() {
    if path.count == 4, path[1] == "schema", path[2] == "query" { return query(path[3]) }
    guard path.count >= 3, path[1] == "v1" else { return notFound() }
    guard request.method == "GET" else { return service.failure(405, "Method Not Allowed", answer) }
    switch (path[2], path.count) {
    case ("metadata", 3): metadata()
    case ("time", 3): answer.body.append(text: "{\"time\":\(time(nil))}")
    case ("district", 3): answer.body.append("{\"district\":{\"name\":\"Cañon Unified\",\"district_number\":7}}")
    case ("district", 4...5): districtList()
    case ("school", 5...6): schoolList()
    case ("section", 5...6) where path[4] == "section_enrollment": sectionList()
    case (_, 4): single()
    default: notFound()
    }
  }

  func notFound() { service.failure(404, "The resource you requested was not found.", answer) }

  private func metadata() {
    let body = answer.body
    body.append("{\"metadata\":{")
    for resource in Resource.allCases {
      body.append("\"")
      body.append(resource.maximumName)
      body.append("\":")
      body.append(service.options.maximum(resource))
      body.append(",")
    }
    body.append("\"schema_table_query_max_page_size\":100,\"powerschool_version\":\"23.11.0\",")
    body.append("\"district_timezone\":\"America/Phoenix\",\"district_uuid\":\"0d15-7a1c\",\"plugin_id\":4}}")
  }

  // MARK: Lists

  private var wantsCount: Bool { path.last == "count" }

  private func districtList() {
    guard path.count == 4 || wantsCount else { return notFound() }
    switch path[3] {
    case "school":
      let schools = district.schools
      list(.school, count: schools.count) { renderer, at, expansions in renderer.school(schools[at], expansions) }
    case "student": students(school: nil)
    default: notFound()
    }
  }

  private func schoolList() {
    guard path.count == 5 || wantsCount, let dcid = Int(path[3]),
      let school = district.schools.first(where: { $0.dcid == dcid })
    else { return notFound() }
    switch path[4] {
    case "term":
      let year = startYear()
      let current = district.plan.startYear
      let terms = year.map { (current - 1...current + 1).contains($0) ? $0 : nil } ?? nil
      let found = terms.map { Term.of(school, startYear: $0, current: current) } ?? []
      list(.term, count: found.count) { renderer, at, _ in renderer.term(found[at]) }
    case "course":
      let courses = district.courses(at: school)
      list(.course, count: courses.count) { renderer, at, _ in renderer.course(courses[at]) }
    case "staff":
      let rows = district.staff(at: school)
      list(.staff, count: rows.count) { renderer, at, expansions in renderer.staff(rows[at], expansions) }
    case "section":
      list(.section, count: school.sections) { renderer, at, expansions in
        guard let section = district.section(school.firstSection + at) else { return }
        renderer.section(section, expansions)
      }
    case "student": students(school: school.index)
    default: notFound()
    }
  }

  /// `q=start_year==2026`; without it the current year (PS-Q25).
  private func startYear() -> Int? {
    guard let text = request.parameter("q"), !text.isEmpty else { return district.plan.startYear }
    return text.hasPrefix("start_year==") ? Int(text.dropFirst(12)) : nil
  }

  private func sectionList() {
    guard path.count == 5 || wantsCount, let id = Int(path[3]),
      let index = index(id, Section.firstID), index < district.base.sections
    else { return notFound() }
    let found = district.enrollments(of: index)
    list(.sectionEnrollment, count: found.count) { renderer, at, _ in renderer.enrollment(found[at]) }
  }

  private func students(school: Int?) {
    let text = request.parameter("q") ?? ""
    var filter: StudentFilter?
    if !text.isEmpty {
      do throws(StudentFilter.Invalid) {
        filter = try StudentFilter(text)
      } catch {
        return service.failure(400, "Validation Failed: \(error.message)", answer, field: error.field)
      }
    }
    let found = service.students(filter, text: text, school: school, in: district)
    list(.student, count: found.count) { renderer, at, expansions in
      renderer.student(district.student(Int(found[at])), expansions)
    }
  }

  /// A page of a list, or its `/count`.
  private func list(
    _ resource: Resource, count: Int, _ element: (PowerSchoolRenderer, Int, PowerSchoolRenderer.Expansions) -> Void
  ) {
    guard !quirks.isForbidden(resource) else {
      return service.failure(403, "The plugin has no access to this resource.", answer)
    }
    let writer = PayloadWriter(out: answer.body)
    writer.begin(format)
    if wantsCount {
      writer.open("resource")
      writer.number("count", count)
      writer.close("resource")
      return writer.end()
    }
    let page: Range<Int>
    switch Paging.read(request, maximum: service.options.maximum(resource), clamps: quirks[.pageSizeAboveMaximum]) {
    case .invalid(let field, let message): return service.failure(400, message, answer, field: field)
    case .page(let number, let size): page = Paging.rows(number, size, of: count)
    }
    if page.isEmpty {
      emptyList(resource, writer)
    } else {
      let expansions = PowerSchoolRenderer.Expansions(list: request.parameter("expansions") ?? "")
      let renderer = PowerSchoolRenderer(writer: writer, district: district, quirks: quirks)
      let single = page.count == 1 && quirks[.singleAsObject]
      writer.open(resource.plural)
      attributes(resource, writer)
      writer.openList(resource.single, single: single)
      for at in page { element(renderer, at, expansions) }
      writer.closeList(single: single)
      writer.close(resource.plural)
    }
    writer.end()
  }

  private func attributes(_ resource: Resource, _ writer: PayloadWriter) {
    if let names = resource.expansions { writer.word("@expansions", names) }
    if let names = resource.extensions { writer.word("@extensions", names) }
  }

  /// Nothing on this page: the key is missing, or the whole container is an empty string (PS-Q03).
  private func emptyList(_ resource: Resource, _ writer: PayloadWriter) {
    if quirks[.emptyList], request.target.utf8.count % 2 == 0 { return writer.empty(resource.plural) }
    writer.open(resource.plural)
    attributes(resource, writer)
    if !quirks[.emptyList] {
      writer.openList(resource.single, single: false)
      writer.closeList(single: false)
    }
    writer.close(resource.plural)
  }

  // MARK: One element

  private func single() {
    guard let resource = Resource(rawValue: path[2]), let id = Int(path[3]) else { return notFound() }
    guard !quirks.isForbidden(resource) else {
      return service.failure(403, "The plugin has no access to this resource.", answer)
    }
    let writer = PayloadWriter(out: answer.body)
    writer.begin(format)
    let renderer = PowerSchoolRenderer(writer: writer, district: district, quirks: quirks)
    guard render(resource, id: id, renderer) else { return notFound() }
    writer.end()
  }

  /// In a single body the element's name is a key, in a list it is not.
  private func render(_ resource: Resource, id: Int, _ renderer: PowerSchoolRenderer) -> Bool {
    let expansions = PowerSchoolRenderer.Expansions(list: request.parameter("expansions") ?? "")
    let writer = renderer.writer
    func named(_ body: () -> Void) -> Bool {
      writer.openList(resource.single, single: true)
      body()
      writer.closeList(single: true)
      return true
    }
    switch resource {
    case .school:
      guard let school = district.schools.first(where: { $0.dcid == id }) else { return false }
      return named { renderer.school(school, expansions) }
    case .student:
      guard let index = index(id, Student.firstID), index < district.everyone else { return false }
      return named { renderer.student(district.student(index), expansions) }
    case .section:
      guard let index = index(id, Section.firstID), let section = district.section(index) else { return false }
      return named { renderer.section(section, expansions) }
    case .sectionEnrollment:
      guard let enrollment = district.enrollment(id: id) else { return false }
      return named { renderer.enrollment(enrollment) }
    case .staff:
      guard let row = district.staffRow(id: id) else { return false }
      return named { renderer.staff(row, expansions) }
    case .course:
      guard let course = Course(id: id), district.schools.contains(where: { district.offers(course, at: $0) })
      else { return false }
      return named { renderer.course(course) }
    case .term:
      let current = district.plan.startYear
      let terms = district.schools.lazy.flatMap { Term.of($0, startYear: current, current: current) }
      guard let term = terms.first(where: { $0.dcid == id }) else { return false }
      return named { renderer.term(term) }
    }
  }

  /// The place of an id in a numbering, if it can be one.
  func index(_ id: Int, _ first: Int) -> Int? {
    let (place, overflow) = id.subtractingReportingOverflow(first)
    return overflow || place < 0 ? nil : place
  }

  /// JSON only where the caller asks for it (PS-Q20).
  private var format: PayloadWriter.Format {
    let accept = request.header("accept") ?? ""
    if accept.contains("json") || !quirks[.xmlByDefault] { return .json }
    answer.contentType = "application/xml;charset=UTF-8"
    return .xml
  }
}
