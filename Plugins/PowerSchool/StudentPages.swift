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
  /// How many students there were when their reading began; nil where the server did not tell.
  private(set) var count: Int?
  /// Did the list stand still while it was read? Pages are counted from its start: where one student leaves,
  /// all behind move up by one, and one of them slips from a page not yet read to one that was (PS-Q29).
  private(set) var isStable = true
  private var isPlanned = false
  private var isChecked = false
  private var last = 0
  private var nextUnasked = 1
  private var underWay = 0
  private var sawEmpty = false

  init(size: Int = PageSizes.fallback, count: Int? = nil, done: RangeSet<Int> = RangeSet()) {
    self.size = size
    self.count = count
    self.done = done
    last = (done.ranges.last?.upperBound ?? 1) - 1
  }

  /// Takes the number of students, as it was told before the first page and again behind the last; nil where
  /// the server did not tell.
  mutating func take(count now: Int?) {
    if let count, let now, now != count { isStable = false }
    guard !isPlanned else { return }
    isPlanned = true
    if count == nil { count = now }
    last = min(max(last, ((now ?? 0) + size - 1) / size, 1), Self.most)
  }

  /// Is the number to be asked for again, to see whether it is still the same? Once, behind the last page.
  mutating func beginCheck() -> Bool {
    defer { isChecked = true }
    return !isChecked && count != nil
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
