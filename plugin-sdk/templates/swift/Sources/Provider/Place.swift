import SISKit

/// Where a session stands, and what a cursor says: the number of the list, a space, the page that is read next.
struct Place {
  /// Raise it when the cursor gets another form.
  static let version: UInt32 = 1

  /// nil at the end.
  var list: RosterList? = .schools
  var target = RosterList.schools.firstTarget

  init() {}

  /// - Throws: `.cursor` for a cursor that is none of this provider's; the host then begins anew.
  init(_ cursor: Opening.Place) throws(ProviderError) {
    let words = String(decoding: cursor.bytes, as: UTF8.self).split(separator: " ", maxSplits: 1)
    guard cursor.version == Self.version, let first = words.first, let number = Int(first),
      (0...RosterList.allCases.count).contains(number),
      words.count == 2 || number == RosterList.allCases.count
    else { throw ProviderError(.cursor, "the cursor is not one of this provider") }
    list = RosterList(rawValue: number)
    target = words.count == 2 ? String(words[1]) : ""
  }

  var bytes: [UInt8] { Array("\(list?.rawValue ?? RosterList.allCases.count) \(target)".utf8) }

  /// Goes on to the page behind this one, or to the next list.
  mutating func advance(to next: String?) {
    if let next {
      target = next
      return
    }
    list = list.flatMap { RosterList(rawValue: $0.rawValue + 1) }
    target = list?.firstTarget ?? ""
  }
}
