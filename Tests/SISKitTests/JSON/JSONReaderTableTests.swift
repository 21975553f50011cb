import Testing

@testable import SISKit

/// Documents of every class of RFC 8259; the classes are those of the usual conformance suites.
@Suite struct JSONReaderTableTests {
  @Test(arguments: [
    // structure
    "[]", "{}", "[ ]", "{ }", "[[]]", "[{}]", "[1]", "[1,2]", "[1 , 2]", "{\"a\":1}", "{\"a\":1,\"b\":[]}",
    "{\"a\":1,\"a\":2}", "{\"\":0}", "\t\r\n [ \t\r\n 1 ] \n", "[[[[[[[[[[1]]]]]]]]]]",
    // scalars at the top (RFC 8259 section 2)
    "true", "false", "null", "0", "-0", "\"\"", " 1 ",
    // numbers
    "[0]", "[-0]", "[123]", "[-1]", "[1.5]", "[0.1]", "[1e5]", "[1E5]", "[1e+5]", "[1e-5]", "[1.5e10]", "[0e1]",
    "[123456789012345678901234567890]", "[1e400]", "[-1e-400]", "[0.00000000000000000000000000000001]",
    // strings
    "[\"a\"]", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\u0041\"]", "[\"\\u00e9\\u20AC\"]", "[\"\\uD83D\\uDE00\"]",
    "[\"\\u0000\"]", "[\"\u{7F}\"]", "[\"é€😀\"]", "[\"\u{2028}\u{2029}\"]", "[\"\u{FFFF}\"]", "[\"\u{10FFFF}\"]",
    "[\"0123456789abcdef0123456789abcdef\"]", "[\"01234567\\n89\"]", "[\"/\"]", "{\"\\u0061\":1}",
    // a byte order mark (section 8.1: a reader may ignore it)
    "\u{FEFF}[1]",
  ])
  func `a sound document is read`(_ text: String) { #expect(throws: Never.self) { try JSONTree.read(text) } }

  @Test(arguments: [
    // structure
    "", " ", "\u{FEFF}", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1]]", "[1],", "{]", "[}",
    "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,\"a\":1}", "{\"a\" 1}", "{\"a\",1}", "{a:1}", "{1:1}",
    "{'a':1}", "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{null:1}", "[1] x", "[1][2]", "//c\n[1]", "[1/*c*/]", "[1]#", "{\"a\":}",
    "\u{C}[1]", "[\u{A0}1]", "\u{FEFF}\u{FEFF}[1]", "[\"a\":1]", "{\"a\"}",
    // words
    "tru", "True", "TRUE", "truer", "nul", "nulll", "fals", "falsey", "undefined", "NaN", "[nan]", "[Infinity]", "t", "n",
    // numbers
    "-", "+1", "01", "-01", "1.", ".5", "-.5", "1e", "1e+", "1.e5", "0x10", "1_000", "1,5", "--1", "[1.5.5]", "[1e5e5]",
    "[- 1]", "[１]", "[0 1]", "[1e1.5]", "1a", "[00]", "[-]", "[2.e-3]",
    // strings
    "\"", "\"a", "[\"a]", "[\"\t\"]", "[\"\n\"]", "[\"\u{1F}\"]", "[\"\\a\"]", "[\"\\\"]", "[\"\\u12\"]", "[\"\\u12G4\"]",
    "[\"\\x41\"]", "[\"\\U0041\"]", "[\"\\uD800\"]", "[\"\\uD800x\"]", "[\"\\uD800\\n\"]", "[\"\\uD800\\u0041\"]",
    "[\"\\uDC00\"]", "[\"\\uDC00\\uD800\"]", "[\"\\u\"]", "['a']", "[\"a\" \"b\"]", "[\"a\"b]", "[\"\\u00e\"]", "[\"\0\"]",
  ])
  func `an unsound document is refused`(_ text: String) {
    #expect(throws: JSONError.self) { try JSONTree.read(text) }
  }

  @Test(arguments: [
    [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x20], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
    [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xE2, 0x82], [0xE2, 0x82, 0x20], [0xF0, 0x80, 0x80, 0x80],
    [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
    [0xFE], [0xFF], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x98, 0x20],
  ] as [[UInt8]])
  func `bytes that are not UTF-8 are refused wherever they stand`(_ bad: [UInt8]) {
    for padding in 0..<18 {
      let document = Array("[\"".utf8) + Array(repeating: 0x61, count: padding) + bad + Array("\"]".utf8)
      #expect(throws: JSONError.self) { try JSONTree.read(document) }
    }
    #expect(throws: JSONError.self) { try JSONTree.read(bad) }
  }

  @Test func `nesting ends at its bound with a clear error`() throws {
    let deepest = JSONReader.maximumDepth
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    _ = try JSONTree.read(nested(deepest))
    for depth in [deepest + 1, 100_000] {
      do throws(JSONError) {
        _ = try JSONTree.read(nested(depth))
        Issue.record("read")
      } catch { #expect(error == JSONError(code: .tooDeep, offset: deepest)) }
    }
  }

  @Test(arguments: [
    #"{"students":{"student":[{"id":1,"name":{"first":"Zoë","last":"O\"Neil"},"x":[true,false,null,-1.5e-3]}]}}"#,
    #"["\uD83D\uDE00 \u0041 \\ \/ abcdefgh ijklmnop é€😀"]"#, #"{"a":"","b":{},"c":[],"d":0}"#,
  ])
  func `every cut of a document is refused at its end, and never read as a shorter one`(_ text: String) {
    let bytes = Array(text.utf8)
    for length in 0..<bytes.count {
      do throws(JSONError) {
        _ = try JSONTree.read(Array(bytes[..<length]))
        Issue.record("cut at \(length) was read")
      } catch { #expect(error.offset <= length) }
    }
  }

  @Test func `an error says where`() {
    do throws(JSONError) { _ = try JSONTree.read("[1,\n  tru]") } catch {
      #expect(error == JSONError(code: .unexpectedByte(UInt8(ascii: "]")), offset: 9))
      #expect(error.description == "byte 93 may not stand here (at byte 9)")
    }
  }
}
