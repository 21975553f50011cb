import Foundation

/// One page of the book: its fenced blocks, headings, links and words of code, each with its line.
struct MarkdownPage {
  struct Block {
    /// The word behind the opening fence: `sh`, `text`, `sql`; empty where there is none.
    var language: String
    var lines: [String]
    /// The line of the opening fence, from 1.
    var line: Int
    var text: String { lines.joined(separator: "\n") + "\n" }
  }

  struct Span {
    var text: String
    var line: Int
  }

  /// Relative to the repository.
  let name: String
  let url: URL
  private(set) var blocks: [Block] = []
  /// What `#` and a name lead to, as GitHub makes it of headings.
  private(set) var anchors: Set<String> = []
  /// The targets of links outside of code.
  private(set) var links: [Span] = []
  /// Words in backticks outside of blocks.
  private(set) var code: [Span] = []

  init(_ name: String) throws {
    self.name = name
    url = Book.root.appendingPathComponent(name)
    let text = try String(contentsOf: url, encoding: .utf8)
    var block: Block?
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("```") {
        if let whole = block { blocks.append(whole) }
        let word = line.dropFirst(3).trimmingCharacters(in: .whitespaces)
        block = block == nil ? Block(language: word, lines: [], line: index + 1) : nil
      } else if block != nil {
        block?.lines.append(line)
      } else {
        read(line, at: index + 1)
      }
    }
    if let block { throw Unclosed(description: "\(name):\(block.line): this block has no end") }
  }

  struct Unclosed: Error, CustomStringConvertible { var description: String }

  private mutating func read(_ line: String, at number: Int) {
    if let heading = line.wholeMatch(of: /#{1,6} +(.+)/) {
      let anchor = Self.anchor(of: String(heading.1))
      var (unique, count) = (anchor, 0)
      while !anchors.insert(unique).inserted {
        count += 1
        unique = "\(anchor)-\(count)"
      }
    }
    for match in line.matches(of: /`([^`]+)`/) { code.append(Span(text: String(match.1), line: number)) }
    for match in line.replacing(/`[^`]*`/, with: "").matches(of: /\]\(([^)\s]+)\)/) {
      links.append(Span(text: String(match.1), line: number))
    }
  }

  /// Lower case, without punctuation, blanks as hyphens.
  private static func anchor(of heading: String) -> String {
    let kept = heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
    return kept.replacingOccurrences(of: " ", with: "-")
  }
}
