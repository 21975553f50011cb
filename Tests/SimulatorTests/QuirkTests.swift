import Testing

@testable import SimulatorKit

@Suite struct QuirkTests {
  private func body(_ options: String, _ target: String) throws -> String {
    let simulator = try RunningSimulator("--students 30 " + options)
    let (client, token) = try simulator.signedIn()
    return try #require(client.get(target, token: token)).text
  }

  private static let students = "/ws/v1/district/student?expansions=addresses,phones,contact,school_enrollment"

  @Test(arguments: [
    ("PS-Q01", "/ws/v1/district/school?pagesize=1", "\"school\":{", "\"school\":[{"),
    ("PS-Q02", students, "\"contact\":\"\"", "\"contact\":{}"),
    ("PS-Q03", "/ws/v1/section/30000/section_enrollment?page=9", "_enrollments\":", "\"section_enrollment\":[]"),
    ("PS-Q06", students, "\"postal_code\":85", "\"postal_code\":\"85"),
    ("PS-Q30", students, "\"full_time_equivelancy\"", "\"enroll_status\":\"A\""),
  ])
  func `a quirk shows when it is on and is gone when it is off`(
    _ quirk: String, _ target: String, _ on: String, _ off: String
  ) throws {
    let with = try body("--quirk \(quirk)", target)
    let without = try body("--quirk no-\(quirk)", target)
    #expect(with.contains(on))
    #expect(!with.contains(off))
    #expect(without.contains(off))
  }

  @Test func `expires_in is a number where PS-Q04 is off`() throws {
    let simulator = try RunningSimulator("--students 1 --quirk no-PS-Q04")
    #expect(simulator.token(try simulator.client())?.text.contains("\"expires_in\":2504956}") == true)
  }

  @Test func `a page above the maximum is refused, or cut down by PS-Q13`() throws {
    #expect(try body("--page-size student=5", "/ws/v1/district/student?pagesize=6").contains("cannot be greater than 5"))
    let cut = try body("--page-size student=5 --quirk PS-Q13", "/ws/v1/district/student?pagesize=6")
    #expect(cut.split(separator: "{\"id\":").count == 6)
  }

  @Test func `PS-Q14 lists a visiting teacher at two schools, and without it at one`() throws {
    for (options, rows) in [("--schools 3", 2), ("--schools 3 --quirk no-PS-Q14", 1)] {
      let simulator = try RunningSimulator("--students 30 " + options)
      let (client, token) = try simulator.signedIn()
      let lists = [3, 4, 5].compactMap { client.get("/ws/v1/school/\($0)/staff", token: token)?.text }
      #expect(lists.count { $0.contains("\"users_dcid\":502}") } == rows)
    }
  }

  @Test func `PS-Q24 leaves the teacher of some sections out`() throws {
    func teachers(_ text: String) -> Int { text.split(separator: "\"staff_id\":").count - 1 }
    let target = "/ws/v1/school/3/section"
    #expect(try teachers(body("", target)) < teachers(body("--quirk no-PS-Q24", target)))
  }

  @Test func `without Accept the answer is XML, unless PS-Q20 is off`() throws {
    for (options, begin) in [("", "<?xml"), ("--quirk no-PS-Q20", "{\"schools\"")] {
      let simulator = try RunningSimulator("--students 30 " + options)
      let (client, token) = try simulator.signedIn()
      let answer = try #require(client.get("/ws/v1/district/school", token: token, headers: ""))
      #expect(answer.text.hasPrefix(begin))
      #expect(answer.header("content-type")?.contains(begin == "<?xml" ? "xml" : "json") == true)
    }
  }

  @Test func `PS-Q22 forbids one resource and no other`() throws {
    let simulator = try RunningSimulator("--students 30 --quirk PS-Q22=staff")
    let (client, token) = try simulator.signedIn()
    #expect(client.get("/ws/v1/school/3/staff", token: token)?.status == 403)
    #expect(client.get("/ws/v1/school/3/course", token: token)?.status == 200)
  }

  @Test func `exit dates are the day after the last one and grades are numbers`() throws {
    let text = try body("--quirk nice", Self.students)
    #expect(text.contains("\"exit_date\":\"2026-05-30\""))
    #expect(text.contains("\"grade_level\":-"))
    #expect(text.contains("\"school_number\":999999"))
  }

  @Test func `a PowerQuery without rows has no record`() throws {
    let simulator = try RunningSimulator("--students 30")
    let (client, token) = try simulator.signedIn()
    let headers = "Authorization: Bearer \(token)\r\nAccept: application/json\r\n"
    func ask(_ name: String, _ body: String) -> String {
      client.post("/ws/schema/query/\(name)?pagesize=0", headers: headers, body: body)?.text ?? ""
    }
    #expect(ask("com.pearson.core.teachers.sectionEnrollments", "{\"section_dcid\":1000000}") == "{\"@extensions\":\"\"}")
    let map = ask("com.pearson.core.student.student_dcid_id_map", "{}")
    #expect(map.split(separator: "\"dcid\":\"").count == 31)
  }

  @Test func `options that make no sense are refused with the nearest known word`() {
    let cases: [(String, String)] = [
      ("--studnts 3", "--students"), ("--students many", "0 to 2000000"), ("--quirk PS-Q99", "PS-Q"),
      ("--quirk no-PS-Q17", "part of the format"), ("--fault truncat@2", "truncate"), ("--fault 500", "which request"),
      ("--seed", "needs a value"), ("--gzip=1", "takes no value"), ("--page-size shoes=3", "resource"),
    ]
    for (line, part) in cases {
      do {
        _ = try SimulatorOptions(line.split(separator: " ").map(String.init)[...])
        Issue.record("\(line) was accepted")
      } catch {
        #expect(error.description.contains(part), "\(line): \(error.description)")
      }
    }
  }
}
