import Testing

@testable import HostModel

struct SuggestionTests {
  static let keys = ["database", "providers", "integrations", "perMinute", "burst", "id"]

  @Test(arguments: [
    ("databse", "database"), ("provider", "providers"), ("perminute", "perMinute"),
    ("PerMinutes", "perMinute"),
    ("brust", "burst"), ("di", "id"), ("integratoins", "integrations"),
  ])
  func `a near word is suggested`(word: String, expected: String) {
    #expect(Suggestion.nearest(to: word, among: Self.keys) == expected)
  }

  @Test(arguments: ["", "zebra", "xyz", "dotobosos", String(repeating: "a", count: 100_000)])
  func `a far word brings no suggestion`(word: String) {
    #expect(Suggestion.nearest(to: word, among: Self.keys) == nil)
  }

  @Test(arguments: [
    ("", "abc", 3), ("abc", "abc", 0), ("ab", "ba", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
    ("abcd", "acbd", 1),
  ])
  func `distance counts insertions, deletions, substitutions and swaps`(a: String, b: String, distance: Int) {
    #expect(Suggestion.distance(Array(a), Array(b)) == distance)
    #expect(Suggestion.distance(Array(b), Array(a)) == distance)
  }
}
