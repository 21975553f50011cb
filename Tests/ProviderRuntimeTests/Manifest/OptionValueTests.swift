import Foundation
import Testing

@testable import ProviderRuntime

@Suite struct OptionValueTests {
  private func decoded(_ json: String) throws -> OptionValue {
    try JSONDecoder().decode(OptionValue.self, from: Data(json.utf8))
  }

  @Test func `every kind of JSON value is read as what it is`() throws {
    #expect(
      try decoded(#"[null,true,false,0,1,-1.5,"","1","true",[],{},{"a":[{"b":null}]}]"#)
        == .array([
          .null, .bool(true), .bool(false), .number(0), .number(1), .number(-1.5), .string(""), .string("1"),
          .string("true"), .array([]), .object([:]), .object(["a": .array([.object(["b": .null])])]),
        ]))
  }

  @Test(arguments: [
    ("null", "null"), ("true", "true"), ("7", "7"), ("7.0", "7"), ("-0.0", "0"), ("1.5", "1.5"),
    ("-12", "-12"),
    ("1e2", "100"), ("9007199254740992", "9007199254740992"), ("1e300", "1e+300"), ("1e-7", "1e-07"),
    (#""a\/b""#, #""a/b""#), (#""\u00e9\ud83d\ude00""#, "\"é😀\""),
    (#""\"\\\n\t\u0000\u001f""#, #""\"\\\n\t\u0000\u001f""#),
    (#"[ 1 , [ ] ]"#, "[1,[]]"), (#"{ "b" : 1 , "a" : { } , "\"" : 2 }"#, #"{"\"":2,"a":{},"b":1}"#),
  ])
  func `a value is written as JSON without white space, names sorted`(json: String, written: String) throws {
    let value = try decoded(json)
    #expect(String(decoding: value.json, as: UTF8.self) == written)
    #expect(value.words == written)
    #expect(try decoded(written) == value, "what is written reads back as the same")
  }

  @Test func `an integer is a whole number that a Double holds exactly`() {
    for number in [0.0, -3, 8e15] { #expect(OptionValue.number(number).isOf("integer")) }
    for number in [0.5, 9e15, -9e15, 1e300, .infinity, .nan] {
      #expect(!OptionValue.number(number).isOf("integer"))
    }
    #expect(!OptionValue.string("1").isOf("integer"))
    #expect(!OptionValue.number(1).isOf("int"), "a type that there is not")
  }
}
