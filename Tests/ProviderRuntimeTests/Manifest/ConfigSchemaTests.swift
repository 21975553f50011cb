import Foundation
import Testing

@testable import ProviderRuntime

@Suite struct ConfigSchemaTests {
  private func schema(_ json: String) throws -> ConfigSchema {
    try JSONDecoder().decode(ConfigSchema.self, from: Data(json.utf8))
  }

  private func problems(_ schema: ConfigSchema, _ options: [String: OptionValue]) -> [String] {
    schema.validate(options).problems.map { "\($0.option) \($0.words)" }
  }

  /// What a property of this schema says of a value.
  private func objection(_ property: String, _ value: OptionValue) throws -> String? {
    let found = try schema("{\"properties\":{\"x\":\(property)}}").validate(["x": value]).problems
    #expect(found.count < 2)
    return found.first?.words
  }

  @Test func `defaults are filled in, and names stand sorted`() throws {
    let schema = try schema(
      #"""
      {"properties":{"b":{"type":"integer","default":2},"a":{"type":"string"},"c":{"type":"array","default":["x"]}}}
      """#)
    let (json, problems) = schema.validate(["a": .string("one \"two\"")])
    #expect(problems.isEmpty)
    #expect(String(decoding: json, as: UTF8.self) == #"{"a":"one \"two\"","b":2,"c":["x"]}"#)
    #expect(String(decoding: schema.validate([:]).json, as: UTF8.self) == #"{"b":2,"c":["x"]}"#)
    #expect(String(decoding: schema.validate(["b": .number(5)]).json, as: UTF8.self) == #"{"b":5,"c":["x"]}"#)
  }

  @Test func `every problem is told, by the option's name`() throws {
    let schema = try schema(
      #"""
      {"properties":{"a":{"type":"string"},"b":{"type":"integer","default":1},"c":{"type":"boolean"}},
       "required":["c","b","a"]}
      """#)
    #expect(problems(schema, [:]) == ["a is required", "c is required"])
    #expect(
      problems(schema, ["z": .null, "y": .bool(true), "a": .number(1), "c": .bool(true)]) == [
        "a is 1; it must be of type string", "y is not an option of this provider",
        "z is not an option of this provider",
      ])
  }

  @Test(arguments: ["null", "boolean", "number", "integer", "string", "array", "object"])
  func `a value of another type is refused`(type: String) throws {
    let values: [(OptionValue, [String])] = [
      (.null, ["null"]), (.bool(true), ["boolean"]), (.number(1), ["number", "integer"]),
      (.number(1.5), ["number"]), (.number(1e300), ["number"]), (.string("1"), ["string"]),
      (.array([]), ["array"]), (.object([:]), ["object"]),
    ]
    for (value, types) in values {
      let words = try objection("{\"type\":\"\(type)\"}", value)
      #expect(words == (types.contains(type) ? nil : "is \(value.words); it must be of type \(type)"))
    }
  }

  @Test func `an enum, a minimum and a maximum hold, bounds included`() throws {
    let choice = #"{"type":"string","enum":["A","P"]}"#
    #expect(try objection(choice, .string("A")) == nil)
    #expect(try objection(choice, .string("a")) == #"has "a"; it must be one of "A", "P""#)
    let range = #"{"type":"integer","minimum":1,"maximum":10}"#
    for number in [1.0, 10] { #expect(try objection(range, .number(number)) == nil) }
    #expect(try objection(range, .number(0)) == "is 0; it must be at least 1")
    #expect(try objection(range, .number(11)) == "is 11; it must be at most 10")
    #expect(
      try objection(#"{"type":"number","minimum":0.5}"#, .number(0.25)) == "is 0.25; it must be at least 0.5")
  }

  @Test func `each element of an array is checked`() throws {
    let list = #"{"type":"array","items":{"type":"string","enum":["A","P"]}}"#
    #expect(try objection(list, .array([.string("A"), .string("P"), .string("A")])) == nil)
    #expect(try objection(list, .array([])) == nil)
    #expect(
      try objection(list, .array([.string("A"), .number(1)])) == "holds 1; each must be of type string")
    #expect(try objection(list, .array([.string("Z")])) == #"has "Z"; it must be one of "A", "P""#)
    #expect(try objection(#"{"type":"array"}"#, .array([.number(1), .null])) == nil)
  }

  @Test func `a secret is a placeholder to the provider, and its value stands in no message`() throws {
    let schema = try schema(
      #"{"properties":{"key":{"type":"string","secret":true},"word":{"type":"string"}},"required":["key"]}"#)
    #expect(schema.secrets == ["key"])
    for value in [OptionValue.string("hush"), .number(7), .object(["env": .string("hush")])] {
      let (json, problems) = schema.validate(["key": value])
      #expect(String(decoding: json, as: UTF8.self) == #"{"key":"{secret:key}"}"#)
      #expect(problems.isEmpty)
    }
    #expect(problems(schema, [:]) == ["key is required"])
  }
}
