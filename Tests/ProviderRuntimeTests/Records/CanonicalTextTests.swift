import Foundation
import TestSupport
import Testing

@testable import ProviderRuntime

@Suite struct CanonicalTextTests {
  private func written(_ text: String) -> String {
    var out: [UInt8] = []
    Array(text.utf8).withUnsafeBytes { CanonicalText.append($0, to: &out) }
    return String(decoding: out, as: UTF8.self)
  }

  @Test func `only the quote, the backslash and what is below U+0020 are escaped`() {
    #expect(written("") == "\"\"")
    #expect(written("a/b\u{7F}\u{80}é\u{2028}😀") == "\"a/b\u{7F}\u{80}é\u{2028}😀\"")
    #expect(written("\"\\") == #""\"\\""#)
    #expect(written("\u{8}\u{9}\u{A}\u{C}\u{D}") == #""\b\t\n\f\r""#)
    #expect(written("\u{0}\u{1}\u{B}\u{E}\u{1F}\u{20}") == #""\u0000\u0001\u000b\u000e\u001f ""#)
    #expect(written("a\"b\"c") == #""a\"b\"c""#)
  }

  @Test func `whatever text is written is read by Foundation as the same text`() throws {
    var random = SeededRandom(seed: 42)
    for _ in 0..<500 {
      let scalars = (0..<Int.random(in: 0...24, using: &random)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x10FFFF), using: &random))
      }
      let text = String(String.UnicodeScalarView(scalars))
      let read = try JSONDecoder().decode([String].self, from: Data("[\(written(text))]".utf8))
      #expect(read.first.map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  @Test func `text is told from what is none as a reader of single bytes tells it, at any length and place`()
  {
    var random = SeededRandom(seed: 7)
    let pieces: [[UInt8]] = [
      [0x41], [0x20], [0x1F], [0x00], [0x7F], [0x01], [0xC3, 0xA9], [0xF0, 0x9F, 0x98, 0x80], [0xC3], [0x80],
      [0xFF],
      Array("abcdefgh".utf8), Array("abcdefgh".utf8), Array("abcdefghijklmno".utf8),
    ]
    var (sound, unsound) = (0, 0)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...5, using: &random)).flatMap { _ in random.element(of: pieces) }
      for floor in [UInt8(0), 1, 0x20] {
        let due = String(validating: bytes, as: UTF8.self) != nil && bytes.allSatisfy { $0 >= floor }
        let found = bytes.withUnsafeBytes { CanonicalText.isText($0, noByteBelow: floor) }
        if due { sound += 1 } else { unsound += 1 }
        if found != due { Issue.record("\(bytes), floor \(floor): \(found)") }
      }
    }
    #expect(sound > 5_000 && unsound > 5_000)
  }
}
