import Foundation
import Testing

@testable import Recordings

struct RedactorTests {
  private func json(_ text: String) -> String {
    var pseudonyms = PseudonymsTests.pseudonyms()
    return String(decoding: JSONRedactor.rewrite(Array(text.utf8), .received, &pseudonyms), as: UTF8.self)
  }

  private func csv(_ text: String) -> String {
    var pseudonyms = PseudonymsTests.pseudonyms()
    return String(decoding: CSVRedactor.rewrite(Array(text.utf8), &pseudonyms), as: UTF8.self)
  }

  /// Names, kinds of values and order, but not the values.
  private func skeleton(_ value: Any) -> String {
    switch value {
    case let object as [String: Any]:
      return "{"
        + object.sorted { $0.key < $1.key }.map { "\($0.key):\(skeleton($0.value))" }.joined(separator: ",")
        + "}"
    case let list as [Any]: return "[" + list.map(skeleton).joined(separator: ",") + "]"
    case is String: return "s"
    case is NSNull: return "null"
    case let number as NSNumber: return isBoolean(number) ? "b" : "n"
    default: return "?"
    }
  }

  private func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

  static let document = """
    {"students" : {"count":423, "student":[{"id":4001,"name":{"first":"Jos\\u00e9","last":"O\\"Brien \\\\ \\/"},
    "active":true,"gone":null,"gpa":3.75,"tags":["x",12,["Smith"]],"born":"2011-02-28"}, {"id":4002,"boss":4001}]}}
    """

  @Test func `JSON keeps its names, its kinds of values and its white space`() throws {
    let redacted = json(Self.document)
    let before = try JSONSerialization.jsonObject(with: Data(Self.document.utf8))
    let after = try JSONSerialization.jsonObject(with: Data(redacted.utf8))
    #expect(skeleton(before) == skeleton(after))
    #expect(redacted.contains("\"students\" : {\"count\":423, "))
    #expect(redacted.contains(",\n\"active\":true,\"gone\":null"))
    for value in ["4001", "4002", "Jos", "Brien", "3.75", "Smith", "2011-02-28"] {
      #expect(!redacted.contains(value))
    }
    let ids = redacted.matches(of: /"(id|boss)":([0-9]+)/).map { $0.output.2 }
    #expect(ids.count == 3 && ids[0] == ids[2] && ids[0] != ids[1])
    #expect(redacted.contains(/"first":"(\\u[0-9a-f]{4})+"/), "an escaped text stays an escaped one")
  }

  @Test func `a name that is an id is replaced, any other stays`() {
    let redacted = json(#"{"4001":{"grade":"09"},"id":4001}"#)
    let id = redacted.firstMatch(of: /"id":([0-9]+)/)?.output.1 ?? ""
    #expect(redacted == #"{"\#(id)":{"grade":"09"},"id":\#(id)}"#)
  }

  @Test func `JSON that was cut short stays cut short, and nothing of the rest is kept`() {
    let bytes = Array(Self.document.utf8)
    let whole = json(Self.document)
    for length in bytes.indices {
      let part = json(String(decoding: bytes[..<length], as: UTF8.self))
      // A value that was cut may become another one; up to there it is the same.
      #expect(zip(part, whole).prefix { $0 == $1 }.count >= part.count - 17, "\(length): \(part)")
      if length > 0 { #expect((try? JSONSerialization.jsonObject(with: Data(part.utf8))) == nil) }
    }
    #expect(json(#"{"a":"Smith" Jones"#) == json(#"{"a":"Smith" "#))
  }

  @Test func `CSV keeps columns, quotes, separators, lists and line ends`() {
    let redacted = csv(
      "id,name,classes,note\r\nS4001,\"O\"\"Brien, Ana\",C77;C78,\r\nS4002,Bo Li,C78,\"x\"\r\n")
    let lines = redacted.components(separatedBy: "\r\n")
    #expect(lines.count == 4 && lines[0] == "id,name,classes,note" && lines[3] == "")
    let first = lines[1].firstMatch(
      of: /(x[a-z2-9]{15}),"[A-Z]""[A-Z][a-z]{4}, [A-Z][a-z]{2}",(x[a-z2-9]{15});(x[a-z2-9]{15}),/)
    let second = lines[2].firstMatch(of: /(x[a-z2-9]{15}),[A-Z][a-z] [A-Z][a-z],(x[a-z2-9]{15}),"x"/)
    #expect(first != nil && second != nil, "\(redacted)")
    #expect(first?.output.3 == second?.output.2)
  }

  @Test func `CSV that ends inside of a quote stays so`() {
    #expect(csv("name\n\"Smith").wholeMatch(of: /name\n"[A-Z][a-z]{4}/) != nil)
  }
}
