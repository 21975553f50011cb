/// Which pages of the student list are still to be read: those that the count promises, so that they can be
/// read side by side, and then one after another until an empty one, since the count may be out of date
/// (PS-Q29).
struct StudentPages {
  /// Pages that are asked for ahead of what was read: a count from outside must not size the queue.
  static let ahead = 256
  /// A page number beyond this is none.
  static let most = 10_000_000

  var size = PageSizes.fallback
  private(set) var done: RangeSet<Int> = RangeSet()
  var isRead = false
  private var last = 0
  private var nextUnasked = 1
  private var underWay = 0
  private var sawEmpty = false

  init(size: Int = PageSizes.fallback, done: RangeSet<Int> = RangeSet()) {
    self.size = size
    self.done = done
    last = (done.ranges.last?.upperBound ?? 1) - 1
  }

  /// - Parameter count: the number of students, nil where the server did not tell.
  mutating func plan(count: Int?) {
    last = min(max(last, ((count ?? 0) + size - 1) / size, 1), Self.most)
  }

  mutating func finished(_ page: Int, isEmpty: Bool) {
    underWay -= 1
    // An empty page is asked again after an interruption: there may be something on it by then.
    if isEmpty { sawEmpty = true } else { done.insert(contentsOf: page..<page + 1) }
  }

  mutating func takeJobs() -> [Job] {
    var pages: [Int] = []
    while underWay + pages.count < Self.ahead, nextUnasked <= last {
      if let range = done.ranges.first(where: { $0.contains(nextUnasked) }) {
        nextUnasked = range.upperBound
      } else {
        pages.append(nextUnasked)
        nextUnasked += 1
      }
    }
    if pages.isEmpty, !sawEmpty, underWay == 0, last < Self.most {
      last += 1
      nextUnasked = last + 1
      pages = [last]
    }
    underWay += pages.count
    return pages.map { Job(resource: .students, page: $0) }
  }
}
