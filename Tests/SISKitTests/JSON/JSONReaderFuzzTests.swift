import TestSupport
import Testing

@testable import SISKit

@Suite struct JSONReaderFuzzTests {
  private static let seeds = [
    #"{"students":{"@extensions":"a,b","student":[{"id":1,"local_id":100,"name":{"last_name":"Ångström","x":"\u00e9"}},{"id":2}]}}"#,
    #"[0,-1,1.5,1e5,-0.0,12345678901234567890,true,false,null,"",[],{}]"#,
    #"{"a":"\"\\\/\b\f\n\r\t\uD83D\uDE00","b":"0123456789abcdef","c":{"d":{"e":[[[]]]}}}"#,
    "\u{FEFF}{\"a\" : [ 1 , 2 ] }\r\n",
  ]

  private static let splices: [[UInt8]] = [
    "\"", "\\", "\\u", "\\uD800", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "1e9", "null", "tru", " ", "\n", "\0", "é",
  ].map { Array($0.utf8) } + [[0x80], [0xC0], [0xED, 0xA0, 0x80], [0xFF], [0xF0, 0x9F]]

  private static func mutated(_ random: inout SeededRandom) -> [UInt8] {
    var bytes = Array(seeds[Int.random(in: 0..<seeds.count, using: &random)].utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.insert(contentsOf: splices[Int.random(in: 0..<splices.count, using: &random)], at: place)
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      default: bytes.removeLast(min(bytes.count, Int.random(in: 0...3, using: &random)))
      }
    }
    return bytes
  }

  @Test func `mutated documents never trap, and whoever is read is read as Foundation reads it`() {
    var random = SeededRandom(seed: 20_261_124)
    var (both, onlyOurs, refused) = (0, 0, 0)
    for _ in 0..<20_000 {
      let bytes = Self.mutated(&random)
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
      let bytes = Self.mutated(&random)
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
