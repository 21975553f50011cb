import SISKit

/// How far a run has come, as a cursor says it; and where the next delta begins, as a bookmark says it. Both are words
/// separated by single spaces, and both name the schools: whoever reads other schools now cannot go on from there.
///
///     cursor    SCHOOLS AS-OF WHOLE JOB PAGE LIMIT SEEN      3,4 2025-10-10T00:00:00Z whole 2 17 200 3200
///     bookmark  SCHOOLS AS-OF                                - 2025-10-10T00:00:00Z
struct Place {
  static let version: UInt32 = 1
  /// No list has more pages or elements; what a cursor says beyond is damaged.
  private static let most = 1_000_000_000

  /// The server's time at the first answer of the run; empty before that.
  var asOf = ""
  /// No list has changed while it was read.
  var isWhole = true
  /// The job that is read, the page that comes next, and how many elements of the list were seen.
  var job = 0
  var page = 1
  var limit: Int
  var seen = 0

  static func words(of schools: [String]) -> String { schools.isEmpty ? "-" : schools.joined(separator: ",") }

  func bytes(schools: [String]) -> [UInt8] {
    let words = [
      Self.words(of: schools), asOf.isEmpty ? "-" : asOf, isWhole ? "whole" : "torn", "\(job)", "\(page)",
      "\(limit)",
      "\(seen)",
    ]
    return Array(words.joined(separator: " ").utf8)
  }

  func bookmark(schools: [String]) -> [UInt8] { Array("\(Self.words(of: schools)) \(asOf)".utf8) }

  /// Takes up what a cursor says, where it is of these schools. Pages of another size hold other elements: then the
  /// list is read again, which does no harm.
  ///
  /// - Throws: `.cursor`; the host then begins anew with a full read.
  mutating func resume(_ cursor: Opening.Place, schools: [String], jobs: Int) throws(ProviderError) {
    let words = Self.split(cursor)
    guard words.count == 7, words[0] == Self.words(of: schools), let job = Int(words[3]),
      let page = Int(words[4]),
      let limit = Int(words[5]), let seen = Int(words[6]), (0...jobs).contains(job),
      (1...Self.most).contains(page), (0...Self.most).contains(seen)
    else { throw Self.unreadable }
    asOf = words[1] == "-" ? "" : words[1]
    isWhole = words[2] == "whole"
    self.job = job
    guard limit == self.limit else { return }
    self.page = page
    self.seen = seen
  }

  /// The time from which a delta reads on.
  ///
  /// - Throws: `.cursor` for the bookmark of other schools.
  static func since(_ bookmark: Opening.Place?, schools: [String]) throws(ProviderError) -> String {
    let words = bookmark.map(split) ?? []
    guard words.count == 2, words[0] == Self.words(of: schools) else { throw unreadable }
    return words[1]
  }

  private static func split(_ place: Opening.Place) -> [String] {
    place.version == version
      ? String(decoding: place.bytes, as: UTF8.self).split(separator: " ").map(String.init) : []
  }

  private static var unreadable: ProviderError {
    ProviderError(
      .cursor, "the cursor or bookmark is of other schools, or none of this provider, version \(version)")
  }
}
