import HostModel

/// A number for each kind. Counting is done for every record: so there is nothing to hash.
struct KindCounts {
  private var counts = [Int](repeating: 0, count: Self.size)
  private static let size = Int(RecordKind.allCases.map(\.rawValue).max() ?? 0) + 1

  subscript(kind: RecordKind) -> Int {
    get { counts[Int(kind.rawValue)] }
    set { counts[Int(kind.rawValue)] = newValue }
  }

  /// Those that are not zero.
  var counted: [(kind: RecordKind, count: Int)] {
    RecordKind.allCases.compactMap { self[$0] == 0 ? nil : ($0, self[$0]) }
  }
}
