/// Numbers of pages as runs of neighbours, in rising order. Pages are read nearly in order: so there is a run or two, however
/// many pages.
struct PageSet: Equatable {
  private(set) var runs: [ClosedRange<Int>] = []

  /// The highest number.
  var last: Int? { runs.last?.upperBound }

  func contains(_ page: Int) -> Bool { runs.contains { $0.contains(page) } }

  mutating func insert(_ page: Int) { insert(page...page) }

  mutating func insert(_ run: ClosedRange<Int>) {
    // Those that touch it become one with it.
    let first = runs.firstIndex { $0.upperBound >= run.lowerBound - 1 } ?? runs.endIndex
    let end = runs[first...].firstIndex { $0.lowerBound > run.upperBound + 1 } ?? runs.endIndex
    let touched = runs[first..<end]
    let lower = min(run.lowerBound, touched.first?.lowerBound ?? run.lowerBound)
    let upper = max(run.upperBound, touched.last?.upperBound ?? run.upperBound)
    runs.replaceSubrange(first..<end, with: [lower...upper])
  }

  // MARK: - Words of a cursor

  /// As `1-40`, or `43` for one.
  var words: [String] {
    runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
  }

  init() {}

  /// Nil where a word is none of these.
  init?(words: [String]) {
    for word in words {
      let ends = word.split(separator: "-").map { Int($0) }
      guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, 0 < first, first <= last,
        last < 10_000_000
      else { return nil }
      insert(first...last)
    }
  }
}
