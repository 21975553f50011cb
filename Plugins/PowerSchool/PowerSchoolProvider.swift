import SISKit

/// Reads a district from PowerSchool's `/ws/v1`: page sizes, schools, their terms and courses, the staff of all schools,
/// students, and school by school the sections with their enrolments.
///
/// Work is a queue of jobs; a phase is over when its queue is empty and nothing is on its way. Of the district it keeps the
/// school ids and the staff. After an interruption it reads page sizes and schools anew, and the staff where sections still
/// need it, and emits nothing of these a second time.
struct PowerSchoolProvider: Provider {
  enum Stage: Equatable { case metadata, schools, catalogue, staff, students, sections, done }

  /// The staff goes out beside the first students, so many a page: in one page it would grow with the district.
  private static let staffPage = 200

  let options: Options
  var sizes: PageSizes
  var stage: Stage = .metadata
  var queue: [Job] = []
  var underWay: [UInt64: Job] = [:]
  var lastID: UInt64 = 0

  /// Where the interrupted run stood; nil once it is caught up with.
  var resume: Progress?
  var forbidden: Set<Resource> = []
  var schools: [String] = []
  var terms: [String: [Term]] = [:]
  var catalogueDone: Set<String> = []
  var directory = StaffDirectory()
  var hasStaff = false
  var students = StudentPages()
  /// The place of the school whose sections are read, in `schools`.
  var schoolIndex = 0
  var sectionPage = SectionPage()

  init(_ opening: Opening, _ output: inout Output) throws(ProviderError) {
    guard opening.mode == .full else {
      throw ProviderError(.unsupported, "this version of the PowerSchool provider reads full rosters only")
    }
    options = try Options(opening.config)
    sizes = PageSizes(wish: opening.pageSize)
    if let cursor = opening.cursor {
      let progress = try Progress(cursor)
      resume = progress
      forbidden = progress.forbidden
    }
    queue = [Job(resource: .metadata)]
  }

  mutating func next(_ output: inout Output) throws(ProviderError) -> Step {
    ask(&output)
    return stage == .done ? .done : .more
  }

  mutating func feed(_ response: borrowing Response, _ output: inout Output) throws(ProviderError) -> Step {
    guard let job = underWay[response.id] else {
      throw ProviderError(.internal, "the answer to request \(response.id) was not asked for")
    }
    let page = try read(response, of: job, into: &output)
    // From here on nothing can fail: the state may change.
    underWay[response.id] = nil
    take(page, of: job, &output)
    if stage == .students { directory.emit(atMost: Self.staffPage, to: &output) }
    goOn(&output)
    if stage != .done { ask(&output) }
    return stage == .done ? .done : .more
  }

  /// From stage to stage, until there is something to ask for or to wait for. What is forbidden once is not
  /// asked for again: a right is the plugin's, and holds for all schools and sections.
  private mutating func goOn(_ output: inout Output) {
    while stage != .done {
      queue.removeAll { forbidden.contains($0.resource) }
      guard queue.isEmpty, underWay.isEmpty else { return }
      advance(&output)
    }
  }

  private mutating func ask(_ output: inout Output) {
    while output.grant > 0, !queue.isEmpty {
      let job = queue.removeFirst()
      lastID += 1
      underWay[lastID] = job
      output.request(
        id: lastID, target: job.target(size: sizes.size(of: job.resource), statuses: options.statuses),
        resource: job.resource.word, headers: [(name: "accept", value: "application/json")])
    }
  }

  // MARK: - After a page

  /// What a page brought, besides the records that were emitted.
  struct Page {
    var rows = 0
    var isForbidden = false
    var sizes: PageSizes?
    var schools: [String] = []
    var terms: [Term] = []
    var staff: [StaffMember] = []
    var sections: [String] = []
    var count: Int?
  }

  private mutating func take(_ page: Page, of job: Job, _ output: inout Output) {
    if page.isForbidden { forbidden.insert(job.resource) }
    let isLast =
      page.isForbidden || page.rows == 0
      || (page.rows < sizes.size(of: job.resource) && sizes.isShortPageLast(job.resource))
    switch job.resource {
    case .metadata: if let learned = page.sizes { sizes = learned }
    case .schools: schools += page.schools
    case .terms: terms[job.school, default: []] += page.terms
    case .courses: break
    case .staff: for member in page.staff { directory.add(member, listedAt: job.school) }
    case .studentCount:
      students.take(count: page.count)
      queue += students.takeJobs()
      return
    case .students:
      students.finished(job.page, isEmpty: page.rows == 0 || page.isForbidden)
      queue += students.takeJobs()
      saveStudents(&output)
      return
    case .sections:
      sectionPage.begin(job, sections: page.sections, isLast: isLast)
      queue += sectionPage.takeJobs()
      return
    case .sectionEnrollments: break
    }
    if !isLast, job.resource != .metadata { return queue.insert(job.next, at: 0) }
    finishList(job, &output)
  }

  /// The last page of a list was read.
  private mutating func finishList(_ job: Job, _ output: inout Output) {
    switch job.resource {
    case .terms:
      let all = terms.removeValue(forKey: job.school) ?? []
      for term in all { term.emit(to: &output, school: job.school, among: all) }
      catalogueDone.insert(job.school + "t")
      save(.catalogue(done: catalogueDone), &output)
    case .courses:
      catalogueDone.insert(job.school + "c")
      save(.catalogue(done: catalogueDone), &output)
    case .sectionEnrollments:
      sectionPage.finished(job.section)
      save(.sections(school: sectionPage.school, page: sectionPage.page, done: sectionPage.done), &output)
    default: break
    }
  }

  private func save(_ phase: Progress.Phase, _ output: inout Output) {
    output.resume(at: Progress(phase: phase, forbidden: forbidden).bytes, version: Progress.version)
  }

  // MARK: - From stage to stage

  /// The queue is empty and nothing is on its way: what comes next?
  private mutating func advance(_ output: inout Output) {
    switch stage {
    case .metadata:
      stage = .schools
      queue = [Job(resource: .schools)]
    case .schools: leaveSchools(&output)
    case .catalogue:
      output.end(.academicSession, complete: !forbidden.contains(.terms))
      output.end(.course, complete: !forbidden.contains(.courses))
      beginStaff()
      save(.staff, &output)
    case .staff: leaveStaff(&output)
    case .students:
      if !forbidden.contains(.students), students.beginCheck() {
        queue = [Job(resource: .studentCount)]
        return
      }
      directory.emit(atMost: .max, to: &output)
      let isComplete = !forbidden.contains(.students) && students.isStable
      if !students.isStable {
        output.note(
          "the list of students changed while it was read, so one may have been missed: no user is removed",
          isWarning: true)
      }
      output.end(.user, complete: isComplete && !forbidden.contains(.staff))
      output.end(.demographics, complete: isComplete)
      beginSections()
      save(.sections(school: schools.first ?? "-", page: 1, done: []), &output)
    case .sections: nextSections(&output)
    case .done: break
    }
  }

  private mutating func leaveSchools(_ output: inout Output) {
    switch resume?.phase {
    case nil:
      output.end(.org, complete: true)
      beginCatalogue(except: [])
      save(.catalogue(done: []), &output)
    case .catalogue(let done): beginCatalogue(except: done)
    case .staff, .sections: beginStaff()
    case .students(let size, let count, let done): beginStudents(size: size, count: count, done: done)
    case .end: stage = .done
    }
    if case .sections = resume?.phase {} else { resume = nil }
  }

  private mutating func beginCatalogue(except done: Set<String>) {
    stage = .catalogue
    catalogueDone = done
    for school in schools {
      if !done.contains(school + "t") { queue.append(Job(resource: .terms, school: school)) }
      if !done.contains(school + "c") { queue.append(Job(resource: .courses, school: school)) }
    }
  }

  private mutating func beginStaff() {
    stage = .staff
    hasStaff = true
    queue = schools.map { Job(resource: .staff, school: $0) }
  }

  /// Staff is emitted where it is read in its turn, and not where sections need it again after an interruption.
  private mutating func leaveStaff(_ output: inout Output) {
    if case .sections(let school, let page, let done) = resume?.phase {
      directory.forgetPersons()
      resume = nil
      return beginSections(at: school, page: page, done: done)
    }
    if students.isRead {
      directory.forgetPersons()
      return beginSections()
    }
    beginStudents(size: nil, count: nil, done: RangeSet())
    saveStudents(&output)
  }

  /// Until the whole staff is out an interrupted run goes on from its beginning.
  private func saveStudents(_ output: inout Output) {
    guard directory.isEmitted else { return }
    save(.students(size: students.size, count: students.count, done: students.done), &output)
  }

  private mutating func beginStudents(size: Int?, count: Int?, done: RangeSet<Int>) {
    stage = .students
    let current = sizes.size(of: .students)
    // Pages of another size hold other students: then all of them are read again.
    students =
      size == current
      ? StudentPages(size: current, count: count, done: done) : StudentPages(size: current)
    queue = [Job(resource: .studentCount)]
  }

  private mutating func beginSections() {
    students.isRead = true
    // After an interruption among the students the staff, which was emitted then, is needed again.
    guard hasStaff else { return beginStaff() }
    stage = .sections
    schoolIndex = 0
    startSchool()
  }

  private mutating func beginSections(at school: String, page: Int, done: Set<String>) {
    beginSections()
    guard let index = schools.firstIndex(of: school) else { return }
    schoolIndex = index
    startSchool(page: page, done: done)
  }

  private mutating func startSchool(page: Int = 1, done: Set<String> = []) {
    guard schoolIndex < schools.count else { return queue = [] }
    sectionPage = SectionPage(done: done)
    queue = [Job(resource: .sections, school: schools[schoolIndex], page: page)]
  }

  private mutating func nextSections(_ output: inout Output) {
    if !schools.isEmpty, !sectionPage.isLast {
      queue = [Job(resource: .sections, school: sectionPage.school, page: sectionPage.page + 1)]
      sectionPage = SectionPage(done: [])
      return save(.sections(school: schools[schoolIndex], page: queue[0].page, done: []), &output)
    }
    schoolIndex += 1
    if schoolIndex < schools.count {
      startSchool()
      return save(.sections(school: schools[schoolIndex], page: 1, done: []), &output)
    }
    let readsSections = !forbidden.contains(.sections)
    output.end(.class, complete: readsSections)
    output.end(
      .enrollment, complete: readsSections && !forbidden.contains(.sectionEnrollments) && !forbidden.contains(.staff))
    save(.end, &output)
    stage = .done
  }
}
