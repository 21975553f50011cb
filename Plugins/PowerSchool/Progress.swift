import SISKit

/// How far a run has come, as the cursor says it: words separated by single spaces.
///
///     catalogue FLAGS DONE            DONE: finished lists as 3t,3c (school 3, terms and courses); - for none
///     staff FLAGS                     the catalogue is done
///     students FLAGS SIZE COUNT DONE  DONE: finished pages, as 1-40,43; SIZE: how many elements a page has;
///                                     COUNT: how many students there were at first, - where nobody told
///     sections FLAGS SCHOOL PAGE DONE DONE: finished sections of the page; the schools before it are done
///     end FLAGS
///
/// FLAGS are the resources that the plugin has no right to read, by their place in `Resource.allCases`.
struct Progress: Equatable {
  static let version: UInt32 = 2

  enum Phase: Equatable {
    case catalogue(done: Set<String>)
    case staff
    case students(size: Int, count: Int?, done: RangeSet<Int>)
    case sections(school: String, page: Int, done: Set<String>)
    case end
  }

  var forbidden: Set<Resource> = []
  var phase: Phase

  var bytes: [UInt8] {
    let flags = list(Resource.allCases.indices.filter { forbidden.contains(Resource.allCases[$0]) }.map { "\($0)" })
    let words: [String] =
      switch phase {
      case .catalogue(let done): ["catalogue", flags, list(done.sorted())]
      case .staff: ["staff", flags]
      case .students(let size, let count, let done):
        ["students", flags, "\(size)", count.map { "\($0)" } ?? "-", list(words(done))]
      case .sections(let school, let page, let done): ["sections", flags, school, "\(page)", list(done.sorted())]
      case .end: ["end", flags]
      }
    return Array(words.joined(separator: " ").utf8)
  }

  init(phase: Phase, forbidden: Set<Resource> = []) {
    self.phase = phase
    self.forbidden = forbidden
  }

  /// - Throws: `.cursor` if these are not the words of this version.
  init(_ place: Opening.Place) throws(ProviderError) {
    guard place.version == Self.version, let progress = Self.parse(String(decoding: place.bytes, as: UTF8.self)) else {
      throw ProviderError(.cursor, "the cursor is not one of this provider, version \(Self.version)")
    }
    self = progress
  }

  private static func parse(_ text: String) -> Progress? {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count >= 2 else { return nil }
    var forbidden: Set<Resource> = []
    for word in elements(words[1]) {
      guard let index = number(word, from: 0), Resource.allCases.indices.contains(index) else { return nil }
      forbidden.insert(Resource.allCases[index])
    }
    let phase: Phase
    switch (words[0], words.count) {
    case ("catalogue", 3): phase = .catalogue(done: Set(elements(words[2])))
    case ("staff", 2): phase = .staff
    case ("students", 5):
      let count = number(words[3], from: 0)
      guard let size = number(words[2]), count != nil || words[3] == "-",
        let pages = pages(elements(words[4]))
      else { return nil }
      phase = .students(size: size, count: count, done: pages)
    case ("sections", 5):
      guard let page = number(words[3]) else { return nil }
      phase = .sections(school: words[2], page: page, done: Set(elements(words[4])))
    case ("end", 2): phase = .end
    default: return nil
    }
    return Progress(phase: phase, forbidden: forbidden)
  }

  private static func elements(_ word: String) -> [String] {
    word == "-" ? [] : word.split(separator: ",").map(String.init)
  }
}

/// The pages as words, runs of them as `first-last`.
private func words(_ pages: RangeSet<Int>) -> [String] {
  pages.ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)" }
}

private func pages(_ words: [String]) -> RangeSet<Int>? {
  var all = RangeSet<Int>()
  for word in words {
    let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { number(String($0)) }
    guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last
    else { return nil }
    all.insert(contentsOf: first..<last + 1)
  }
  return all
}

/// A number as this provider writes it: digits, within what a page number can be.
private func number(_ word: String, from least: Int = 1) -> Int? {
  guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(word), value >= least,
    value <= StudentPages.most
  else { return nil }
  return value
}

private func list(_ words: [String]) -> String { words.isEmpty ? "-" : words.joined(separator: ",") }
