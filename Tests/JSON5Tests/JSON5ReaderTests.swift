import Testing

@testable import JSON5

struct JSON5ReaderTests {
  @Test(arguments: [
    ("null", "null"), ("true", "true"), (" false ", "false"), ("\u{FEFF}1", "1"),
    ("'a\"b'", "\"a\\\"b\""), (#""a\'b\x41\u00e9\v""#, "\"a'bAé\\u000b\""),
    (#""\ud83d\ude00""#, "\"😀\""), ("'a\\\nb'", "\"ab\""), ("'a\\\r\nb'", "\"ab\""),
    (#"'\0'"#, "\"\\u0000\""),
    ("'\u{2028}'", "\"\u{2028}\""), (#"'\q'"#, "\"q\""),
    ("0", "0"), ("-0.5", "-0.5"), ("+3", "3"), (".25", "0.25"), ("5.", "5"), ("1e3", "1000"),
    ("1.5E-1", "0.15"),
    ("0xFf", "255"), ("-0x10", "-16"), ("9007199254740993", "9007199254740992"),
    ("[]", "[]"), ("[1,2,]", "[1,2]"), ("{}", "{}"), ("{a:1,}", "{\"a\":1}"),
    ("{'a b':[{$x_1:null}]}", "{\"a b\":[{\"$x_1\":null}]}"), ("{ünïcode:1}", "{\"ünïcode\":1}"),
    ("// c\n[1 /* two\n */ , 2] // end", "[1,2]"), ("{null:1, true:2}", "{\"null\":1,\"true\":2}"),
    ("\u{A0}\u{3000}1", "1"),
  ])
  func `a valid document is read`(text: String, json: String) throws {
    #expect(try JSON5Reader.read(text).json() == json)
  }

  @Test(arguments: [
    ("", 1, 1, "The document ends where a value is due"),
    ("  // only\n", 2, 1, "The document ends where a value is due"),
    ("{\n  a: 1\n  b: 2\n}", 3, 3, "Found \"b\" where a , or } is due"),
    ("{\r\n  a 1}", 2, 5, "Found \"1\" where the : after a is due"),
    ("{a:1, a:2}", 1, 7, "The key a is given twice, first in line 1"),
    ("[1 2]", 1, 4, "Found \"2\" where a , or ] is due"),
    ("[,]", 1, 2, "Found \",\" where a value is due"), ("{,}", 1, 2, "Found \",\" where a key or } is due"),
    ("{1:2}", 1, 2, "Found \"1\" where a key or } is due"),
    ("[1", 1, 3, "The document ends, and the [ of line 1, column 1 is not closed"),
    ("{a:\n[1,2]", 2, 6, "The document ends, and the { of line 1, column 1 is not closed"),
    ("'abc", 1, 1, "This text is never closed by '"), ("\"a\nb\"", 1, 1, "This text is never closed by \""),
    ("[1, /* x", 1, 5, "This comment is never closed by */"),
    ("[yes]", 1, 2, "yes is no value; text stands in quotes: \"yes\""),
    ("01", 1, 1, "01 is no number"), ("1.2.3", 1, 1, "1.2.3 is no number"), ("-", 1, 1, "- is no number"),
    ("1e", 1, 1, "1e is no number"), ("0x", 1, 1, "0x is no number"), (".", 1, 1, ". is no number"),
    ("0xFFFFFFFFFFFFFFFFF", 1, 1, "0xFFFFFFFFFFFFFFFFF is no number"), ("1-2", 1, 1, "1-2 is no number"),
    ("--1", 1, 1, "--1 is no number"), ("0x1p3", 1, 1, "0x1p3 is no number"),
    ("'\\u12'", 1, 2, "This escape needs 4 hexadecimal digits"),
    ("'\\xg0'", 1, 2, "This escape needs 2 hexadecimal digits"),
    ("'\\ud800'", 1, 2, "This escape is half of a surrogate pair"),
    ("'\\udc00\\ud800'", 1, 2, "This escape is half of a surrogate pair"),
    ("'\\1'", 1, 2, "\\1 is no escape"),
    ("'\\", 1, 1, "This text is never closed by '"),
    ("1 1", 1, 3, "Found \"1\" after the end of the document"),
    ("#", 1, 1, "Found \"#\" where a value is due"),
    ("\u{1}", 1, 1, "Found the character U+1 where a value is due"),
  ])
  func `a broken document is refused with its line and column`(
    text: String, line: Int, column: Int, message: String
  ) {
    do {
      _ = try JSON5Reader.read(text)
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.message == message)
      #expect(error.place == TextPlace(line: line, column: column))
    }
  }

  @Test func `every value knows where it begins, whatever ends the lines`() throws {
    for end in ["\n", "\r\n", "\r", "\u{2028}"] {
      let node = try JSON5Reader.read("{\(end)  a: [1,\(end)    'x'],\(end)}")
      guard case .object(let members) = node.value, case .array(let elements) = members[0].node.value else {
        Issue.record("not an object of a list")
        return
      }
      #expect(members[0].place == TextPlace(line: 2, column: 3))
      #expect(members[0].node.place == TextPlace(line: 2, column: 6))
      #expect(elements[1].place == TextPlace(line: 3, column: 5))
    }
  }

  @Test func `nesting is bounded`() throws {
    let deep = { (n: Int) in String(repeating: "[", count: n) + String(repeating: "]", count: n) }
    #expect(throws: Never.self) { try JSON5Reader.read(deep(64)) }
    #expect(throws: JSON5Error.self) { try JSON5Reader.read(deep(65)) }
    #expect(throws: JSON5Error.self) { try JSON5Reader.read(String(repeating: "[", count: 1_000_000)) }
  }

  @Test func `a number that JSON cannot say has no JSON`() throws {
    #expect(try JSON5Reader.read("[Infinity]").json() == nil)
    #expect(try JSON5Reader.read("{a:-Infinity}").json() == nil)
    #expect(try JSON5Reader.read("+NaN").json() == nil)
  }

  @Test func `no document cut or spoilt anywhere makes it trap`() {
    let good = Array(
      "{a:[1,.5e-3,0xF,'\\u00e9\\x41',\"\\ud83d\\ude00\"],/*c*/b:{c:Infinity,d:null}} // end".unicodeScalars)
    var refused = 0
    for cut in good.indices {
      for spoilt in ["", "\\", "'", "}", "\u{0}", "e", "-"] {
        var view = String.UnicodeScalarView(good[..<cut])
        view.append(contentsOf: spoilt.unicodeScalars)
        view.append(contentsOf: good[(cut + 1)...])
        if (try? JSON5Reader.read(String(view))) == nil { refused += 1 }
        if (try? JSON5Reader.read(String(String.UnicodeScalarView(good[..<cut])) + spoilt)) == nil {
          refused += 1
        }
      }
    }
    #expect(refused > good.count * 8)
  }
}
