/// A mistake on the command line: one sentence, with the nearest known word where one is near.
package struct UsageError: Error, Equatable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }

  package static func unknown(_ what: String, _ word: String, among known: [String]) -> UsageError {
    let near = known.map { (distance(word.lowercased(), $0.lowercased()), $0) }.min { $0.0 < $1.0 }
    guard let near, near.0 <= max(2, word.utf8.count / 3) else {
      return UsageError("Unknown \(what) \"\(word)\"; --help lists them all.")
    }
    return UsageError("Unknown \(what) \"\(word)\"; did you mean \(near.1)?")
  }

  /// Levenshtein's distance.
  private static func distance(_ a: String, _ b: String) -> Int {
    let b = Array(b.utf8)
    var row = Array(0...b.count)
    for (i, x) in a.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let cost = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[b.count]
  }
}
