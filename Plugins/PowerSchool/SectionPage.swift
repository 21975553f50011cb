/// One page of a school's sections, and which of them had their enrolments read.
struct SectionPage {
  private(set) var school = ""
  private(set) var page = 1
  private(set) var isLast = true
  private(set) var done: Set<String>
  private var sections: [String] = []

  init(done: Set<String> = []) { self.done = done }

  mutating func begin(_ job: Job, sections: [String], isLast: Bool) {
    school = job.school
    page = job.page
    self.sections = sections
    self.isLast = isLast
  }

  mutating func takeJobs() -> [Job] {
    sections.filter { !done.contains($0) }.map { Job(resource: .sectionEnrollments, school: school, section: $0) }
  }

  mutating func finished(_ section: String) { done.insert(section) }
}
