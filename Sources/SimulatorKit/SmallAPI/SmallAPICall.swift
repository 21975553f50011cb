/// One call of the small API: reads paging and filters, finds the elements, renders a page of them.
struct SmallAPICall {
  let service: SmallAPIService
  let request: HTTPRequestHead
  let answer: HTTPAnswer
  let district: District

  /// Days of changes that the server remembers.
  static let history = 30
  static let limits = 1...500
  static let usualLimit = 100

  private struct Refusal: Error {
    var status: Int
    var message: String
  }

  func run() {
    do throws(Refusal) {
      guard request.method == "GET" else { throw Refusal(status: 405, message: "Only GET is possible.") }
      guard request.segments.count >= 2, request.segments[request.segments.count - 2] == "v1",
        let name = request.segments.last
      else { throw Refusal(status: 404, message: "There is no such thing here.") }
      if let collection = SmallAPICollection(rawValue: name) { return try list(collection) }
      guard name == "removals" else { throw Refusal(status: 404, message: "There is no list \(name).") }
      try removals()
    } catch {
      answer.status = error.status
      answer.body.clear()
      answer.body.append("{\"error\":")
      JSONText.write(error.message, to: answer.body)
      answer.body.append("}")
    }
  }

  // MARK: Parameters

  private func number(_ name: String, _ usual: Int, _ range: ClosedRange<Int>) throws(Refusal) -> Int {
    guard let text = request.parameter(name) else { return usual }
    guard let value = Int(text), range.contains(value) else {
      throw Refusal(
        status: 400, message: "\(name) is a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return value
  }

  /// The place of the school that is asked for; nil where all are.
  private func school() throws(Refusal) -> Int? {
    guard let text = request.parameter("school") else { return nil }
    guard let school = district.schools.first(where: { text == "\($0.dcid)" }) else {
      throw Refusal(status: 400, message: "There is no school with this id.")
    }
    return school.index
  }

  /// The district as it was then; nil where nobody asks for changes.
  private func past(_ name: String) throws(Refusal) -> District? {
    guard let text = request.parameter(name) else { return nil }
    let suffix = "T00:00:00Z"
    guard text.hasSuffix(suffix), let date = CivilDay(text.dropLast(suffix.count)) else {
      throw Refusal(status: 400, message: "\(name) is a time that an answer gave as asOf.")
    }
    let day = date.number - district.firstDay.number
    guard (0...district.plan.day).contains(day), district.plan.day - day <= Self.history else {
      throw Refusal(status: 410, message: "Changes are kept for \(Self.history) days: read everything again.")
    }
    return service.district(onDay: day)
  }

  // MARK: Lists

  private func list(_ collection: SmallAPICollection) throws(Refusal) {
    let school = try school()
    let past = try past("updatedSince")
    let keys = service.list("\(collection) \(school ?? -1) \(past?.plan.day ?? -1)", in: district) {
      self.keys(collection, school: school, since: past)
    }
    let renderer = SmallAPIRenderer(writer: PayloadWriter(out: answer.body), district: district)
    try page(of: keys, renderer.writer) { renderer.element($0, of: collection) }
  }

  private func keys(_ collection: SmallAPICollection, school: Int?, since past: District?) -> [Int] {
    var keys = collection.keys(in: district)
    if let school { keys.removeAll { collection.school(of: $0, in: district) != school } }
    guard let past else { return keys }
    let now = rendering(of: collection, in: district)
    let then = rendering(of: collection, in: past)
    return keys.filter { key in
      collection.school(of: key, in: past) == nil || now(key) != then(key)
    }
  }

  /// Renders single elements, for comparison.
  private func rendering(of collection: SmallAPICollection, in district: District) -> (Int) -> [UInt8] {
    let bytes = ByteBuffer(capacity: 1024)
    let renderer = SmallAPIRenderer(writer: PayloadWriter(out: bytes), district: district)
    return { key in
      bytes.clear()
      renderer.writer.begin(.json)
      renderer.element(key, of: collection)
      return bytes.array
    }
  }

  /// What was on the lists then and is not on them now.
  private func removals() throws(Refusal) {
    let school = try school()
    guard let past = try past("since") else { throw Refusal(status: 400, message: "since is missing.") }
    var gone: [(SmallAPICollection, Int)] = []
    for collection in SmallAPICollection.allCases {
      for key in collection.keys(in: past) {
        let before = collection.school(of: key, in: past)
        let after = collection.school(of: key, in: district)
        guard school == nil || before == school else { continue }
        if after == nil || (school != nil && after != school) { gone.append((collection, key)) }
      }
    }
    let renderer = SmallAPIRenderer(writer: PayloadWriter(out: answer.body), district: past)
    try page(of: Array(gone.indices), renderer.writer) { index in
      let (collection, key) = gone[index]
      renderer.writer.openElement("removal")
      renderer.writer.text("list") { $0.append(text: collection.rawValue) }
      renderer.writer.text("id") { renderer.writeID(key, of: collection, to: $0) }
      renderer.writer.close("removal")
    }
  }

  /// `{"page":1,"limit":100,"total":423,"asOf":"2025-10-10T00:00:00Z","items":[..]}`
  private func page(of keys: [Int], _ writer: PayloadWriter, _ element: (Int) -> Void) throws(Refusal) {
    let place = try number("page", 1, 1...1_000_000)
    let limit = try number("limit", Self.usualLimit, Self.limits)
    writer.begin(.json)
    writer.number("page", place)
    writer.number("limit", limit)
    writer.number("total", keys.count)
    writer.text("asOf") {
      (district.firstDay + district.plan.day).write(to: $0)
      $0.append("T00:00:00Z")
    }
    writer.openList("items", single: false)
    for at in Paging.rows(place, limit, of: keys.count) { element(keys[at]) }
    writer.closeList(single: false)
    writer.end()
  }
}

extension District {
  /// The date of day 0.
  var firstDay: CivilDay { CivilDay(plan.startYear, 10, 10) }
}
