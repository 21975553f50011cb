import Testing

@testable import SISKit

@Suite struct JSONReaderTests {
  /// Reads `text` with `body` and demands that nothing is left over.
  private func read<Value>(
    _ text: String, _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    let bytes = Array(text.utf8)
    var reader = JSONReader(bytes.span.bytes)
    let value = try body(&reader)
    try reader.finish()
    return value
  }

  @Test func `members are read by key, in any order, and others are skipped`() throws {
    for text in [#"{"id":7,"name":"Elm","x":{"deep":[1,{}]}}"#, #"{"x":[[]],"name":"Elm","id":7}"#] {
      var (id, name): (Int64?, String?)
      try read(text) { (reader) throws(JSONError) in
        try reader.eachMember { (key, reader) throws(JSONError) in
          if reader.matches(key, "id") {
            id = try reader.integer()
          } else if reader.matches(key, "name") {
            name = reader.text(try reader.string())
          } else {
            try reader.skip()
          }
        }
      }
      #expect(id == 7 && name == "Elm")
    }
  }

  @Test func `a key that is written with escapes is the same key`() throws {
    try read(#"{"n\u0061me":1}"#) { (reader) throws(JSONError) in
      try reader.eachMember { (key, reader) throws(JSONError) in
        #expect(reader.matches(key, "name") && !reader.matches(key, "nam") && !reader.matches(key, "names"))
        try reader.skip()
      }
    }
  }

  @Test(arguments: [("[1,2,3]", 3), ("[]", 0), ("null", 0), ("1", 1), ("{\"a\":1}", 1), ("[[1]]", 1)])
  func `one is as good as many, and null is none`(_ row: (text: String, count: Int)) throws {
    var count = 0
    try read(row.text) { (reader) throws(JSONError) in
      try reader.eachOneOrMany { (reader) throws(JSONError) in
        count += 1
        try reader.skip()
      }
    }
    #expect(count == row.count)
  }

  @Test(arguments: [
    ("\"abc\"", "abc"), ("\"  abc\\t\"", "abc\t"), ("12", "12"), ("-1.50", "-1.50"), ("true", "true"), ("null", nil), ("\"\"", nil),
    ("\"   \"", nil), ("\"\\u0041\"", "A"),
  ] as [(String, String?)])
  func `a scalar is its text, trimmed, whatever its kind`(_ row: (text: String, value: String?)) throws {
    let value = try read(row.text) { (reader) throws(JSONError) in
      try reader.scalar().map { reader.text($0) }
    }
    #expect(value == row.value)
  }

  @Test func `an object or an array is no scalar`() {
    for text in ["{}", "[]"] {
      #expect(throws: JSONError(code: .wrongKind, offset: 0)) {
        _ = try read(text) { (reader) throws(JSONError) in try reader.scalar() }
      }
    }
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("42", 42), ("9223372036854775807", .max), ("-9223372036854775808", .min),
  ] as [(String, Int64)])
  func `integers are read to the last bit`(_ row: (text: String, value: Int64)) throws {
    #expect(try read(row.text) { (reader) throws(JSONError) in try reader.integer() } == row.value)
  }

  @Test(arguments: ["9223372036854775808", "-9223372036854775809", "1.0", "1e2", "99999999999999999999999"])
  func `what is no Int64 is out of range`(_ text: String) {
    #expect(throws: JSONError(code: .outOfRange, offset: 0)) {
      _ = try read(text) { (reader) throws(JSONError) in try reader.integer() }
    }
  }

  @Test func `asking for another kind says so and where`() {
    #expect(throws: JSONError(code: .wrongKind, offset: 1)) {
      _ = try read(" 12") { (reader) throws(JSONError) in try reader.string() }
    }
    #expect(throws: JSONError(code: .wrongKind, offset: 0)) {
      _ = try read("\"a\"") { (reader) throws(JSONError) in try reader.integer() }
    }
    #expect(throws: JSONError(code: .wrongKind, offset: 0)) {
      try read("[]") { (reader) throws(JSONError) in try reader.enterObject() }
    }
  }

  @Test func `an element can be read twice from a checkpoint`() throws {
    let sums = try read("[[1,2,3]]") { (reader) throws(JSONError) -> [Int64] in
      var sums: [Int64] = []
      try reader.enterArray()
      _ = try reader.nextElement(isFirst: true)
      let checkpoint = reader.checkpoint
      for _ in 0..<2 {
        reader.rewind(to: checkpoint)
        var sum: Int64 = 0
        try reader.eachOneOrMany { (reader) throws(JSONError) in sum += try reader.integer() }
        sums.append(sum)
      }
      _ = try reader.nextElement(isFirst: false)
      return sums
    }
    #expect(sums == [6, 6])
  }

  @Test func `escapes are decoded`() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\uDE00é""#
    let value = try read(text) { (reader) throws(JSONError) in reader.text(try reader.string()) }
    #expect(value == "\"\\/\u{8}\u{C}\n\r\tAé€😀é")
  }
}
