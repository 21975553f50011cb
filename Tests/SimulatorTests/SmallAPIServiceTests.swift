import Testing

@testable import SimulatorKit

@Suite struct SmallAPIServiceTests {
  private static let line = "--students 60 --seed 3 --schools 2 --change 10"

  private func get(_ simulator: RunningSimulator, _ target: String) throws -> SocketClient.Answer {
    try #require(simulator.client().get(target))
  }

  /// What stands behind `"name":` in an answer, up to the next comma or brace.
  private func number(_ name: String, _ text: String) throws -> Int {
    let rest = try #require(text.components(after: "\"\(name)\":"))
    return try #require(Int(rest.prefix { $0.isNumber }))
  }

  /// The elements of all pages.
  private func items(_ simulator: RunningSimulator, _ target: String, limit: Int) throws -> [String] {
    var all: [String] = []
    var page = 1
    while true {
      let answer = try get(
        simulator, "\(target)\(target.contains("?") ? "&" : "?")page=\(page)&limit=\(limit)")
      try #require(answer.status == 200)
      let body = try #require(answer.text.components(after: "\"items\":[")).dropLast(2)
      let elements = body.split(separator: "},{").map { String($0.drop { $0 == "{" }.prefix { $0 != "}" }) }
      all += elements
      if try page * limit >= number("total", answer.text) { return all }
      page += 1
    }
  }

  @Test(arguments: ["schools", "people", "groups", "memberships"])
  func `pages of any size make up the same list, and the total says how long it is`(_ list: String) throws {
    let simulator = try RunningSimulator(Self.line, sis: .smallAPI)
    let whole = try items(simulator, "/base/v1/\(list)", limit: 500)
    #expect(try items(simulator, "/v1/\(list)", limit: 7) == whole)
    #expect(try number("total", get(simulator, "/v1/\(list)?limit=1").text) == whole.count)
    #expect(Set(whole).count == whole.count && whole.count > 1)
    let schools =
      try items(simulator, "/v1/\(list)?school=3", limit: 500)
      + items(simulator, "/v1/\(list)?school=4", limit: 500)
    #expect(schools.sorted() == whole.sorted())
  }

  @Test func `what changed since a day, and what was removed, make that day's lists today's`() throws {
    let before = try RunningSimulator(Self.line + " --day 1", sis: .smallAPI)
    let after = try RunningSimulator(Self.line + " --day 9", sis: .smallAPI)
    let since = "2025-10-11T00:00:00Z"
    #expect(try get(before, "/v1/people").text.contains("\"asOf\":\"\(since)\""))
    let removals = try items(after, "/v1/removals?since=\(since)", limit: 500)
    var hasChanged = false
    for list in ["schools", "people", "groups", "memberships"] {
      func id(_ element: String) -> String { String(element.prefix { $0 != "," }) }
      var known = Dictionary(
        uniqueKeysWithValues: try items(before, "/v1/\(list)", limit: 500).map { (id($0), $0) })
      for element in try items(after, "/v1/\(list)?updatedSince=\(since)", limit: 500) {
        #expect(known[id(element)] != element, "it has not changed: \(element)")
        known[id(element)] = element
        hasChanged = true
      }
      for removal in removals where removal.hasPrefix("\"list\":\"\(list)\"") {
        let key = try #require(removal.components(after: "\"id\":\""))
        let gone = known.keys.first { $0 == "\"id\":\"\(key)" || $0 == "\"id\":\(key.dropLast())" }
        #expect(known.removeValue(forKey: try #require(gone, "\(removal)")) != nil)
      }
      #expect(try known.values.sorted() == items(after, "/v1/\(list)", limit: 500).sorted(), "\(list)")
    }
    #expect(hasChanged && !removals.isEmpty)
  }

  @Test func `what cannot be answered is refused with its status and a sentence`() throws {
    let simulator = try RunningSimulator(Self.line + " --day 40", sis: .smallAPI)
    for (target, status) in [
      ("/v1/people?limit=0", 400), ("/v1/people?limit=501", 400), ("/v1/people?page=0", 400),
      ("/v1/people?school=99", 400), ("/v1/people?updatedSince=yesterday", 400), ("/v1/removals", 400),
      ("/v1/people?updatedSince=2025-10-10T00:00:00Z", 410),
      ("/v1/people?updatedSince=2030-01-01T00:00:00Z", 410),
      ("/v1/pupils", 404), ("/v2/people", 404),
    ] {
      let answer = try get(simulator, target)
      #expect(answer.status == status && answer.text.hasPrefix("{\"error\":\""), "\(target): \(answer.text)")
    }
    #expect(try simulator.client().post("/v1/people", headers: "", body: "")?.status == 405)
  }

  @Test func `with a token it is asked for`() throws {
    let simulator = try RunningSimulator(Self.line + " --token t-1", sis: .smallAPI)
    #expect(try get(simulator, "/v1/schools").status == 401)
    #expect(
      try simulator.client().get("/v1/schools", headers: "Authorization: Bearer t-1\r\n")?.status == 200)
  }
}

extension String {
  /// What follows the first place where a text stands.
  fileprivate func components(after text: String) -> String? {
    firstRange(of: text).map { String(self[$0.upperBound...]) }
  }
}
