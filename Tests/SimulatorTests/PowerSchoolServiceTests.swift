import Testing

@testable import SimulatorKit

@Suite struct PowerSchoolServiceTests {
  /// The numbers behind `{"id":` in a body: the elements' own ids.
  private func ids(_ text: String) -> [Int] {
    text.split(separator: "{\"id\":").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
  }

  private func count(_ text: String) -> Int? {
    text.hasPrefix("{\"resource\":{\"count\":") ? Int(text.dropFirst(21).prefix { $0.isNumber }) : nil
  }

  private func all(_ path: String, _ client: SocketClient, _ token: String, size: Int = 100) throws -> [Int] {
    var found: [Int] = []
    let mark = path.contains("?") ? "&" : "?"
    for page in 1...1000 {
      let answer = try #require(client.get("\(path)\(mark)page=\(page)&pagesize=\(size)", token: token))
      try #require(answer.status == 200)
      let page = ids(answer.text)
      if page.isEmpty { return found }
      found += page
    }
    return found
  }

  @Test func `paging brings each element once, and counts agree with the lists`() throws {
    let simulator = try RunningSimulator("--students 330 --day 2 --change 10")
    let (client, token) = try simulator.signedIn()
    let current = "/ws/v1/district/student?q=school_enrollment.enroll_status==(A,P)"
    let students = try all(current, client, token, size: 7)
    #expect(Set(students).count == students.count)
    #expect(students == students.sorted())
    let district = District(simulator.options.plan)
    #expect(students.count == district.current.count)
    let counted = client.get("/ws/v1/district/student/count?q=school_enrollment.enroll_status==(A,P)", token: token)
    #expect(count(counted?.text ?? "") == students.count)
    let everyone = try all("/ws/v1/district/student", client, token)
    #expect(everyone.count > students.count)
    var enrollments: [Int] = []
    for school in try all("/ws/v1/district/school", client, token, size: 1) {
      for resource in ["term", "course", "staff", "section"] {
        let path = "/ws/v1/school/\(school)/\(resource)"
        let list = try all(path, client, token, size: 9)
        #expect(Set(list).count == list.count)
        #expect(count(client.get(path + "/count", token: token)?.text ?? "") == list.count)
        guard resource == "section" else { continue }
        for section in list { enrollments += try all("/ws/v1/section/\(section)/section_enrollment", client, token) }
      }
    }
    let due = district.enrollmentIDs.filter { district.enrollment(id: $0) != nil }
    #expect(enrollments.sorted() == due)
  }

  @Test func `a token is a bearer token, lasts, and needs the right client and the exact body`() throws {
    let simulator = try RunningSimulator("--students 5")
    let client = try simulator.client()
    let answer = try #require(simulator.token(client))
    #expect(answer.text.contains("\"token_type\":\"Bearer\",\"expires_in\":\"2504956\""))
    let again = RunningSimulator.accessToken(simulator.token(client)?.text ?? "")
    #expect(again == RunningSimulator.accessToken(answer.text))
    let wrong = simulator.token(client, basic: "bm90Om1l")
    #expect(wrong?.status == 401)
    #expect(wrong?.text == "{\"error\":\"invalid_client\"}")
    #expect(simulator.token(client, body: "grant_type=client_credentials&scope=x")?.status == 401)
    let refused = client.get("/ws/v1/district/school", token: "nobody")
    #expect(refused?.status == 401)
    #expect(refused?.body.isEmpty == true)
    #expect(refused?.header("www-authenticate")?.contains("invalid_token") == true)
  }

  @Test func `unknown paths, methods, pages and filters are refused with a reason`() throws {
    let simulator = try RunningSimulator("--students 5 --page-size students=50")
    let (client, token) = try simulator.signedIn()
    let cases = [
      ("/nothing", 404), ("/ws/v1/district/nothing", 404), ("/ws/v1/school/1/staff", 404),
      ("/ws/v1/school/99999999999999999999/staff", 404), ("/ws/v1/section/-9223372036854775808/section_enrollment", 404),
      ("/ws/v1/student/1", 404), ("/ws/v1/district/student?pagesize=51", 400), ("/ws/v1/district/student?page=0", 400),
      ("/ws/v1/district/student?page=x", 400), ("/ws/v1/district/student?q=shoe_size==9", 400),
      ("/ws/v1/district/student?page=9223372036854775807&pagesize=50", 200),
      ("/ws/v1/district/student?pagesize=50", 200), ("/ws/v1/student/4001", 200), ("/oauth/access_token", 405),
    ]
    for (target, status) in cases { #expect(client.get(target, token: token)?.status == status, "\(target)") }
    let metadata = client.get("/ws/v1/metadata")
    #expect(metadata?.text.contains("\"student_max_page_size\":50") == true)
  }

  @Test func `filters by number, date and name find their students`() throws {
    let simulator = try RunningSimulator("--students 40")
    let (client, token) = try simulator.signedIn()
    let list = "/ws/v1/district/student?q="
    #expect(ids(client.get(list + "id==4007", token: token)?.text ?? "") == [4007])
    #expect(ids(client.get(list + "id=gt=4005;id=le=4008", token: token)?.text ?? "") == [4006, 4007, 4008])
    #expect(ids(client.get(list + "school_enrollment.entry_date=gt=2999-01-01", token: token)?.text ?? "x") == [])
    #expect(ids(client.get(list + "name.last_name==Zz*", token: token)?.text ?? "x") == [])
  }

  @Test func `switching the day changes what is served`() throws {
    let simulator = try RunningSimulator("--students 200 --change 20")
    let (client, token) = try simulator.signedIn()
    let target = "/ws/v1/district/student/count?q=school_enrollment.enroll_status==(A,P)"
    #expect(count(client.get(target, token: token)?.text ?? "") == 200)
    #expect(client.post("/_simulator/day?to=4", headers: "", body: "")?.status == 200)
    var plan = simulator.options.plan
    plan.day = 4
    #expect(count(client.get(target, token: token)?.text ?? "") == District(plan).current.count)
    #expect(District(plan).current.count != 200)
    #expect(client.post("/_simulator/day?to=x", headers: "", body: "")?.status == 400)
  }

  @Test func `more requests than the limit are told to wait`() throws {
    let simulator = try RunningSimulator("--students 5 --rate-limit 2")
    let (client, token) = try simulator.signedIn()
    #expect(client.get("/ws/v1/district/school", token: token)?.status == 200)
    #expect(client.get("/ws/v1/district/school", token: token)?.status == 200)
    let late = client.get("/ws/v1/district/school", token: token)
    #expect(late?.status == 429)
    #expect((1...60).contains(Int(late?.header("retry-after") ?? "") ?? 0))
    let shorter = try RunningSimulator("--students 5 --rate-limit 1 --rate-window 2")
    let (other, key) = try shorter.signedIn()
    #expect(other.get("/ws/v1/district/school", token: key)?.status == 200)
    let refused = other.get("/ws/v1/district/school", token: key)
    #expect(refused?.status == 429 && (1...2).contains(Int(refused?.header("retry-after") ?? "") ?? 0))
  }
}
