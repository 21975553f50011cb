import HostModel
import Testing

/// Answers that are not what they should be: what is lost is known to be lost, so that nothing is removed for it.
@Suite struct OddAnswerTests {
  private func read(_ path: String, _ body: String, status: Int = 200) async throws -> Enumeration {
    var district = WireDistrict()
    district.answers[path] = WireDistrict.Answer(status: status, body: body)
    return try await Enumeration(district, once: path)
  }

  private func fault(_ path: String, _ body: String, status: Int = 200) async -> ProviderFault? {
    do {
      _ = try await read(path, body, status: status)
      return nil
    } catch { return error as? ProviderFault }
  }

  @Test(arguments: [
    #"{"students":{"student":[]}}"#, #"{"students":{}}"#, #"{"students":""}"#,
    #"{"students":{"@expansions":"x"}}"#,
    #"{"students":{"student":""}}"#,
  ])
  func `an empty list is one, however it is written`(_ body: String) async throws {
    let read = try await read("/ws/v1/district/student", body)
    #expect(!read.records.keys.contains { $0.hasPrefix("user S") })
    #expect(read.rejects.isEmpty && read.complete.contains("user"))
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"message":"x"}"#, #"{"students":{"student":[{"id":1}"#, "<xml/>", "null", "7",
  ])
  func `what is no list of students is not taken for an empty one`(_ body: String) async {
    #expect(await fault("/ws/v1/district/student", body)?.code == .protocol)
  }

  @Test(arguments: [(400, ProviderFault.Code.config), (404, .notFound), (410, .config)])
  func `a refusal names the request and its status`(_ status: Int, _ code: ProviderFault.Code) async {
    let fault = await fault("/ws/v1/school/3/staff", #"{"message":"no"}"#, status: status)
    #expect(fault?.code == code)
    #expect(fault?.message.contains("GET /ws/v1/school/3/staff?page=1") == true)
    #expect(fault?.message.contains("status \(status)") == true)
  }

  @Test func `a server without metadata is read to empty pages`() async throws {
    var district = WireDistrict()
    district.answers["/ws/v1/metadata"] = WireDistrict.Answer(status: 404, body: "")
    let read = try await Enumeration(district, pageSize: 2)
    let whole = try await Enumeration(WireDistrict())
    #expect(read.records == whole.records)
  }

  @Test(arguments: [
    "{}", #"{"count":5}"#, #"{"resource":""}"#, #"{"resource":{"count":"5"}}"#, #"{"count":-1}"#,
  ])
  func `the students are read whatever their count says`(_ body: String) async throws {
    var district = WireDistrict()
    district["/ws/v1/district/student/count"] = body
    let read = try await Enumeration(district)
    #expect(read.records.keys.count { $0.hasPrefix("user S") } == 5)
  }

  @Test func `students that came while they were read are read too`() async throws {
    var district = WireDistrict()
    district.counts = [1]
    #expect(try await Enumeration(district).records.keys.count { $0.hasPrefix("user S") } == 5)
  }

  @Test func `a list that changed while it was read is not complete, and that is said`() async throws {
    var district = WireDistrict()
    district.counts = [5, 4]
    let read = try await Enumeration(district)
    #expect(read.spared == ["user", "demographics"])
    #expect(read.notes.contains { $0.contains("changed while it was read") })
    district.counts = [5, 5]
    #expect(try await Enumeration(district).spared.isEmpty)
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var path: String
    var body: String
    /// The kinds in which something may be missing now.
    var spared: Set<String>
  }

  @Test(arguments: [
    Row(
      testDescription: "a student without an id", path: "/ws/v1/district/student",
      body: #"{"students":{"student":[{"name":{"last_name":"Ng"},"demographics":{"gender":"F"}}]}}"#,
      spared: ["user", "demographics"]),
    Row(
      testDescription: "a student whose id is an object", path: "/ws/v1/district/student",
      body: #"{"students":{"student":[{"id":{}}]}}"#, spared: ["user", "demographics"]),
    Row(
      testDescription: "a student that is a word", path: "/ws/v1/district/student",
      body: #"{"students":{"student":["x"]}}"#, spared: ["user", "demographics"]),
    Row(
      testDescription: "a section without an id", path: "/ws/v1/school/3/section",
      body: #"{"sections":{"section":[{"course_id":55}]}}"#, spared: ["class", "enrollment"]),
    Row(
      testDescription: "a section whose id is a path", path: "/ws/v1/school/3/section",
      body: #"{"sections":{"section":[{"id":"../1"}]}}"#, spared: ["class", "enrollment"]),
    Row(
      testDescription: "a section whose id is a list", path: "/ws/v1/school/3/section",
      body: #"{"sections":{"section":[{"id":[1]}]}}"#, spared: ["class", "enrollment"]),
    Row(
      testDescription: "a staff member without an id", path: "/ws/v1/school/3/staff",
      body: #"{"staffs":{"staff":[{"name":{"last_name":"Klein"}}]}}"#, spared: ["user", "enrollment"]),
    Row(
      testDescription: "a staff member whose id is an object", path: "/ws/v1/school/3/staff",
      body: #"{"staffs":{"staff":[{"id":{}}]}}"#, spared: ["user", "enrollment"]),
    Row(
      testDescription: "a school without an id", path: "/ws/v1/district/school",
      body: #"{"schools":{"school":[{"name":"Elm"}]}}"#,
      spared: ["org", "academicSession", "course", "class", "user", "enrollment"]),
    Row(
      testDescription: "a school whose id is an object", path: "/ws/v1/district/school",
      body: #"{"schools":{"school":[{"id":{}}]}}"#,
      spared: ["org", "academicSession", "course", "class", "user", "enrollment"]),
    Row(
      testDescription: "a term without an id", path: "/ws/v1/school/3/term",
      body: #"{"terms":{"term":[{"name":"x"}]}}"#,
      spared: ["academicSession"]),
    Row(
      testDescription: "a course that is a number", path: "/ws/v1/school/3/course",
      body: #"{"courses":{"course":[7]}}"#,
      spared: ["course"]),
    Row(
      testDescription: "an enrolment without an id", path: "/ws/v1/section/900/section_enrollment",
      body: #"{"section_enrollments":{"section_enrollment":[{"student_id":4001}]}}"#, spared: ["enrollment"]),
  ])
  func `whatever hangs on an element that cannot be read is spared`(_ row: Row) async throws {
    let read = try await read(row.path, row.body)
    #expect(read.spared == row.spared, "\(read.rejects)")
  }

  @Test func `an object in the place of a value is an absent value, not a lost record`() async throws {
    let body =
      #"{"students":{"student":[{"id":1,"local_id":{},"name":{"last_name":"Ng","first_name":[]},"phones":[1]}]}}"#
    let read = try await read("/ws/v1/district/student", body)
    #expect(read.rejects.isEmpty && read.records["user S1"] != nil)
  }

  @Test func `without the right to schools nothing can be read`() async {
    let fault = await fault("/ws/v1/district/school", "", status: 403)
    #expect(fault?.code == .forbidden)
  }
}
