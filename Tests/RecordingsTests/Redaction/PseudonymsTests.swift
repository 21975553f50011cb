import Foundation
import Testing

@testable import Recordings

struct PseudonymsTests {
  static func pseudonyms(_ seed: UInt8 = 1) -> Pseudonyms {
    Pseudonyms(key: RedactionKey(bytes: [UInt8](repeating: seed, count: 32)))
  }

  private func received(_ text: String, of name: String = "field") -> String {
    var pseudonyms = Self.pseudonyms()
    return pseudonyms.replace(text: text, of: StructuralRules.words(of: name), .received)
  }

  @Test(arguments: [
    ("Smith", "[A-Z][a-z]{4}"), ("O'Brien", "[A-Z]'[A-Z][a-z]{4}"), ("  Ana ", "  [A-Z][a-z]{2} "),
    ("12 Oak Ave", "[0-9]{2} [A-Z][a-z]{2} [A-Z][a-z]{2}"), ("王", "[\u{4E00}-\u{9FA5}]"),
    ("Star 🌟", "[A-Z][a-z]{3} 🌟"),
    ("Łukasz", "[\u{100}-\u{17F}][a-z]{5}"), ("ana@oak.example.org", "[a-z2-9]{12}@[a-z2-9]{10}\\.invalid"),
    ("602-555-0123", "[0-9]{3}-[0-9]{3}-[0-9]{4}"), ("(602) 555 0123", "\\([0-9]{3}\\) [0-9]{3} [0-9]{4}"),
    ("4001", "[1-9][0-9]{14}"), ("00471", "[1-9][0-9]{14}"), ("12345678901234", "[1-9][0-9]{13}"),
    ("S4001", "x[a-z2-9]{15}"), ("jsmith12", "x[a-z2-9]{15}"),
    ("3F2504E0-4F89-41D3-9A0C-0305E82C3301", "[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}"),
    (
      "https://ps.oak.example.org/ws/v1/school/4001?page=2",
      "https://[a-z2-9]{10}\\.invalid/ws/v1/school/[1-9][0-9]{14}\\?page=2"
    ),
    ("2011-02-28", "20[01][0-9]-[01][0-9]-[0-3][0-9]"),
    ("2025-08-11T07:30:00Z", "20[0-9]{2}-[01][0-9]-[0-3][0-9]T07:30:00Z"),
    ("8/11/2025", "[0-9]{1,2}/[0-9]{1,2}/20[0-9]{2}"),
  ])
  func `each form becomes another value of the same form`(value: String, form: String) throws {
    let pseudonym = received(value)
    #expect(pseudonym != value)
    #expect(pseudonym.wholeMatch(of: try Regex(form)) != nil, "\(value) became \(pseudonym)")
    #expect(received(value) == pseudonym)
    var other = Self.pseudonyms(2)
    #expect(other.replace(text: value, of: [], .received) != pseudonym)
  }

  @Test(arguments: [
    ("true", "x"), ("Active", "x"), ("student", "x"), ("A", "x"), ("09", "grade"), ("", "x"), ("  ", "x"),
    ("🌟", "x"),
    ("E-Learner", "enroll_type"), ("2026", "schoolYear"), ("423", "totalCount"),
    ("addresses, phones", "@expansions"),
  ])
  func `what is structural stays`(value: String, name: String) { #expect(received(value, of: name) == value) }

  @Test(arguments: [
    ("2026", "id"), ("423", "account"), ("Jane Doe", "type"), ("AZ", "state"), ("85001", "postal_code"),
    ("2025-08-11 Ana", "x"), ("Null", "last_name"),
  ])
  func `what only looks structural does not`(value: String, name: String) {
    #expect(received(value, of: name) != value)
  }

  @Test func `numbers stay numbers, and small ones what they are`() {
    var pseudonyms = Self.pseudonyms()
    func number(_ text: String, _ name: String = "id") -> String {
      pseudonyms.replace(number: text, of: StructuralRules.words(of: name))
    }
    for kept in ["0", "7", "-2", "99"] { #expect(number(kept) == kept) }
    #expect(number("100", "student_max_page_size") == "100" && number("2026", "start_year") == "2026")
    #expect(number("4001").count == 15 && number("-4001").hasPrefix("-"))
    #expect(Double(number("3.75")) != 3.75 && number("0.50").hasPrefix("0."))
    #expect(number("1.5e10").contains("e"))
  }

  @Test func `a number and the same digits as text are one id, and different ids stay different`() {
    var pseudonyms = Self.pseudonyms()
    var seen: Set<String> = []
    for id in 100..<600 {
      let number = pseudonyms.replace(number: "\(id)", of: ["id"])
      #expect(pseudonyms.replace(text: "\(id)", of: [], .received) == number)
      seen.insert(number)
    }
    #expect(seen.count == 500)
  }

  @Test func `dates keep their distances and their weekdays`() throws {
    let style = Date.ISO8601FormatStyle().year().month().day()
    let dates = try ["2011-02-28", "2024-02-29", "2025-08-11"].map { try style.parse($0) }
    let moved = try ["2011-02-28", "2024-02-29", "2025-08-11"].map { try style.parse(received($0)) }
    let shifts = Set(zip(dates, moved).map { Int($1.timeIntervalSince($0)) / 86_400 })
    #expect(shifts.count == 1 && shifts.allSatisfy { $0 % 7 == 0 && $0 != 0 })
  }

  @Test func `a request is rewritten by what answers held, and its own words stay`() {
    var pseudonyms = Self.pseudonyms()
    let target =
      "/ims/v1p1/schools/A7-x/classes/4001?filter=schoolId%3D'4001'&page=400&pagesize=100&code=B9&next=a%3Db%2Fc"
    #expect(pseudonyms.target("/ims/v1p1/schools?since=B9") == "/ims/v1p1/schools?since=B9")
    let school = pseudonyms.replace(text: "A7-x", of: ["id"], .received)
    let id = pseudonyms.replace(number: "4001", of: ["id"])
    let next = pseudonyms.replace(text: "a=b/c", of: ["next"], .received)
    #expect(
      pseudonyms.target(target)
        == "/ims/v1p1/schools/\(school)/classes/\(id)?filter=schoolId%3D'\(id)'&page=400&pagesize=100&code=B9&next="
        + next.replacing("=", with: "%3D").replacing("/", with: "%2F"))
  }
}
