import TestSupport
import Testing

@testable import SISKit

@Suite struct JSONReaderFuzzTests {
  @Test func `mutated documents never trap, and whoever is read is read as Foundation reads it`() {
    var random = SeededRandom(seed: 20_261_124)
    var (both, onlyOurs, refused) = (0, 0, 0)
    for _ in 0..<20_000 {
      let bytes = MutatedJSON.document(&random)
      guard let tree = try? JSONTree.read(bytes) else {
        refused += 1
        continue
      }
      // Foundation refuses some sound documents (numbers beyond a Double); it may not read another value.
      guard let theirs = JSONTree.foundation(bytes) else {
        onlyOurs += 1
        continue
      }
      both += 1
      if !tree.isLike(theirs) { Issue.record("\(String(decoding: bytes, as: UTF8.self)): \(tree) \(theirs)") }
    }
    #expect(both > 1_000 && refused > 5_000, "the mutations reach both sides: \(both), \(refused)")
    #expect(onlyOurs < both / 20, "\(onlyOurs)")
  }

  @Test func `what the reader refuses Foundation refuses too, but for what it is known to let pass`() {
    var random = SeededRandom(seed: 7)
    var known = 0
    for _ in 0..<20_000 {
      let bytes = MutatedJSON.document(&random)
      guard JSONTree.foundation(bytes) != nil else { continue }
      do throws(JSONError) { _ = try JSONTree.read(bytes) } catch {
        // Foundation takes lone surrogates, documents in UTF-16 and 32, and a comma before a closing bracket.
        let text = String(decoding: bytes, as: UTF8.self)
        let hasTrailingComma = text.contains(#/,[ \t\r\n]*[\]}]/#)
        if text.contains("\\u") || bytes.contains(0) || hasTrailingComma {
          known += 1
        } else {
          Issue.record("\(text): \(error)")
        }
      }
    }
    #expect(known < 500)
  }
}

extension JSONTree {
  /// Equal, where a boolean of Foundation may have become the number 0 or 1.
  func isLike(_ other: JSONTree) -> Bool {
    switch (self, other) {
    case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.isLike($1) }
    case (.object(let a), .object(let b)):
      a.count == b.count && a.allSatisfy { key, value in b[key].map { value.isLike($0) } ?? false }
    case (.boolean(let a), .number(let b)): b == (a ? 1 : 0)
    case (.number(let a), .boolean(let b)): a == (b ? 1 : 0)
    case (.number(let a), .number(let b)): a == b || abs(a - b) <= abs(a) * 1e-15
    default: self == other
    }
  }
}
