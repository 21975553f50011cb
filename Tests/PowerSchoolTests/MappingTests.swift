import HostModel
import Testing

/// What single values of the wire become (docs/canonical-model.md).
@Suite struct MappingTests {
  private static let students = "/ws/v1/district/student"

  /// The user and the demographics of one student with this JSON.
  private func student(_ json: String) async throws -> (user: String, demographics: String?) {
    var district = WireDistrict()
    district.pageSizes["student"] = 100
    district[Self.students] = WireDistrict.list("student", json)
    let read = try await Enumeration(district, once: Self.students)
    return (try #require(read.records["user S1"]), read.records["demographics S1"])
  }

  private func enrolled(_ members: String) -> String {
    #"{"id":1,"name":{"last_name":"Ng"},"school_enrollment":{\#(members)}}"#
  }

  @Test(arguments: [
    ("-2", "PK"), ("-1", "PK"), ("0", "KG"), ("1", "01"), ("9", "09"), ("12", "12"), ("13", "13"),
    ("\"8\"", "08"),
  ])
  func `a grade is its CEDS code`(_ level: String, _ code: String) async throws {
    let (user, _) = try await student(enrolled(#""grade_level":\#(level)"#))
    #expect(user.contains(#""grades":["\#(code)"]"#), "\(user)")
  }

  @Test(arguments: ["14", "99", "\"\"", "null", "\"x\"", "{}", "99999999999999999999"])
  func `what is no grade is none`(_ level: String) async throws {
    let (user, _) = try await student(enrolled(#""grade_level":\#(level)"#))
    #expect(!user.contains("grades"), "\(user)")
  }

  @Test(arguments: [
    ("2025-08-11", "2026-05-29", #""beginDate":"2025-08-11","endDate":"2026-05-28""#),
    ("2025-08-11", "2025-09-01", #""beginDate":"2025-08-11","endDate":"2025-08-31""#),
    ("2025-08-11", "2026-01-01", #""beginDate":"2025-08-11","endDate":"2025-12-31""#),
    ("2023-08-11", "2024-03-01", #""beginDate":"2023-08-11","endDate":"2024-02-29""#),
    ("2024-08-11", "2025-03-01", #""beginDate":"2024-08-11","endDate":"2025-02-28""#),
    ("1999-08-11", "2000-03-01", #""beginDate":"1999-08-11","endDate":"2000-02-29""#),
    ("2099-08-11", "2100-03-01", #""beginDate":"2099-08-11","endDate":"2100-02-28""#),
    ("2025-08-11", "2025-08-12", #""beginDate":"2025-08-11","endDate":"2025-08-11""#),
    ("2025-08-11", "2025-08-11", #""beginDate":"2025-08-11"}"#),
    ("2025-08-11", "", #""beginDate":"2025-08-11"}"#),
    ("", "2025-08-12", #""roleType":"primary","endDate":"2025-08-11""#),
  ])
  func `a last day is the day before the exit`(_ entry: String, _ exit: String, _ dates: String) async throws
  {
    let (user, _) = try await student(enrolled(#""entry_date":"\#(entry)","exit_date":"\#(exit)""#))
    #expect(user.contains(dates), "\(user)")
  }

  @Test func `an exit that is no date sets the record aside with its reason, and no more than that`()
    async throws
  {
    var district = WireDistrict()
    let odd = #"{"id":1,"name":{"last_name":"Ng"},"school_enrollment":{"exit_date":"2025-02-30"}}"#
    district[Self.students] = WireDistrict.list("student", odd + "," + WireDistrict.student(2))
    let read = try await Enumeration(district, once: Self.students)
    #expect(read.rejects.map(\.sourcedID) == ["S1"] && read.rejects.first?.kind == .user)
    #expect(read.rejects.first?.reason.contains("endDate") == true)
    #expect(read.records["user S2"] != nil)
  }

  @Test(arguments: [
    (#""enroll_status":"A""#, "active", true), (#""enroll_status":"P""#, "preRegistered", false),
    (#""enroll_status":"T""#, "transferredOut", false), (#""enroll_status":"G""#, "graduated", false),
    (#""enroll_status":"H""#, "historical", false), (#""enroll_status":"I""#, "inactive", false),
    (#""enroll_status_code":0"#, "active", true), (#""status_code":"-1""#, "preRegistered", false),
    (#""status_code":2"#, "transferredOut", false), (#""enroll_status_code":7"#, "inactive", false),
    (#""enroll_status":"","status_code":0"#, "active", true),
  ])
  func `a status is told by its letter, or by its code under either name`(
    _ members: String, _ status: String, _ enabled: Bool
  ) async throws {
    let (user, _) = try await student(enrolled(members))
    #expect(
      user.contains(#""enrollStatus":"\#(status)""#) && user.contains(#""enabled":\#(enabled)"#), "\(user)")
  }

  @Test func `values are trimmed, numbers are their digits, and what is empty is absent`() async throws {
    let (user, _) = try await student(
      #"""
      {"id":"1","local_id":" 007 ","state_province_id":null,"student_username":"\t","name":{"first_name":" \u00c9va\t","last_name":"O\u2019Neil ","middle_name":""},
      "addresses":{"physical":{"street":"1 Elm","postal_code":85202},"mailing":{"street":" ","city":"","postal_code":""}},
      "phones":{"main":{"number":""}},"contact_info":"","school_enrollment":""}
      """#)
    #expect(
      user
        == #"{"sourcedId":"S1","identifiers":[{"type":"studentNumber","value":"007"}],"enabled":false,"givenName":"Éva","#
        + #""familyName":"O’Neil","roles":[{"role":"student","roleType":"primary"}],"#
        + #""addresses":[{"type":"physical","street":"1 Elm","postcode":"85202"}]}"#)
  }

  @Test func `a phone of white space in escapes is none, and so is such an address`() async throws {
    let (user, _) = try await student(
      #"{"id":1,"name":{"last_name":"Ng"},"phones":{"main":{"number":"\u0020"}},"addresses":{"mailing":{"city":"\u0020\t"}}}"#
    )
    #expect(!user.contains("phones") && !user.contains("addresses"), "\(user)")
  }

  @Test(arguments: [("F", "female"), ("M", "male"), ("X", "other")])
  func `a sex is one of three words`(_ letter: String, _ word: String) async throws {
    let (_, demographics) = try await student(
      #"{"id":1,"name":{"last_name":"Ng"},"demographics":{"gender":"\#(letter)","birth_date":"2011-04-09"}}"#)
    #expect(demographics == #"{"sourcedId":"S1","birthDate":"2011-04-09","sex":"\#(word)"}"#)
  }

  @Test(arguments: [#"{"gender":"","birth_date":null}"#, #""""#, "{}"])
  func `a student without birth date and sex has no demographics`(_ members: String) async throws {
    let json = #"{"id":1,"name":{"last_name":"Ng"},"demographics":\#(members)}"#
    #expect(try await student(json).demographics == nil)
  }

  @Test func `a teacher at two schools is one person with the roles of both`() async throws {
    let read = try await Enumeration(WireDistrict())
    #expect(
      read.records["user T63"]?.contains(
        #""roles":[{"role":"teacher","org":"3"},{"role":"teacher","org":"4"}]"#) == true)
    #expect(read.records["user T65"] == nil && read.records["user T67"] == nil)
    #expect(read.records["enrollment 900-T63"] != nil && read.records["enrollment 902-T63"] != nil)
  }

  @Test func `a term names the year that holds it`() async throws {
    let read = try await Enumeration(WireDistrict())
    #expect(read.records["academicSession 201"]?.contains(#""parent":"200""#) == true)
    #expect(
      read.records["academicSession 201"]?.contains(#""sessionType":"semester","schoolYear":2026"#) == true)
    #expect(read.records["academicSession 300"]?.contains("parent") == false)
  }
}
