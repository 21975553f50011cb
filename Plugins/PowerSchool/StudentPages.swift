/// Which pages of the student list are still to be read: those that the count promises at once, so that they can be read
/// side by side, and then one after another until an empty one, since the count may be out of date (PS-Q29).
struct StudentPages {
  /// More are not queued at a time than can soon be on their way: the queue is not to grow with the district.
  private static let mostQueued = 32

  var size = PageSizes.fallback
  private(set) var done = PageSet()
  var isRead = false
  private var last = 0
  private var nextUnasked = 1
  private var underWay = 0
  private var sawEmpty = false

  init(size: Int = PageSizes.fallback, done: PageSet = PageSet()) {
    self.size = size
    self.done = done
    last = done.last ?? 0
  }

  /// - Parameter count: the number of students, nil where the server did not tell.
  mutating func plan(count: Int?) {
    last = max(last, ((count ?? 0) + size - 1) / size, 1)
  }

  mutating func finished(_ page: Int, isEmpty: Bool) {
    underWay -= 1
    // An empty page is asked again after an interruption: there may be something on it by then.
    if isEmpty { sawEmpty = true } else { done.insert(page) }
  }

  mutating func takeJobs() -> [Job] {
    var jobs: [Job] = []
    while nextUnasked <= last, underWay < Self.mostQueued { take(nextUnasked, &jobs) }
    if jobs.isEmpty, !sawEmpty, underWay == 0 {
      last += 1
      take(last, &jobs)
    }
    return jobs
  }

  private mutating func take(_ page: Int, _ jobs: inout [Job]) {
    nextUnasked = page + 1
    guard !done.contains(page) else { return }
    jobs.append(Job(resource: .students, page: page))
    underWay += 1
  }
}
