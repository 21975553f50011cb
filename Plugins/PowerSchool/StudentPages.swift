/// Which pages of the student list are still to be read: those that the count promises at once, so that they can be read
/// side by side, and then one after another until an empty one, since the count may be out of date (PS-Q29).
struct StudentPages {
  var size = PageSizes.fallback
  var done: Set<Int> = []
  var isRead = false
  private var last = 0
  private var nextUnasked = 1
  private var underWay = 0
  private var sawEmpty = false

  init(size: Int = PageSizes.fallback, done: Set<Int> = []) {
    self.size = size
    self.done = done
    last = done.max() ?? 0
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
    var pages = Array(nextUnasked..<last + 1).filter { !done.contains($0) }
    nextUnasked = last + 1
    underWay += pages.count
    if pages.isEmpty, !sawEmpty, underWay == 0 {
      last += 1
      nextUnasked = last + 1
      underWay = 1
      pages = [last]
    }
    return pages.map { Job(resource: .students, page: $0) }
  }
}
