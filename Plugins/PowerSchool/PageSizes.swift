import SISKit

/// How many elements a page of each list may hold, learned from the server (PS-Q13).
struct PageSizes {
  /// The vendor's default where the server does not tell.
  static let fallback = 100

  private var maximum: [Resource: Int] = [:]
  private let wish: Int?

  init(wish: Int?) { self.wish = wish }

  func size(of resource: Resource) -> Int {
    let most = maximum[resource] ?? Self.fallback
    return min(wish ?? most, most)
  }

  /// May a page that is shorter than asked for be taken for the last one? Only where the server told its maximum: a
  /// size above it may be cut down silently.
  func isShortPageLast(_ resource: Resource) -> Bool { maximum[resource] != nil }

  mutating func read(_ reader: inout JSONReader) throws(JSONError) {
    try reader.members { (key, reader) throws(JSONError) in
      guard let resource = Resource.allCases.first(where: { $0.sizeKey.map { reader.matches(key, $0) } ?? false })
      else { return try reader.skip() }
      guard let value = try reader.scalar().flatMap({ reader.integer(of: $0) }), value > 0, value <= 100_000 else { return }
      maximum[resource] = Int(value)
    }
  }
}
