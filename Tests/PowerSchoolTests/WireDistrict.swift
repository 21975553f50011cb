import HostModel

/// A PowerSchool server as a function from a target to an answer: two schools, five students, three sections. What a test wants
/// otherwise it puts into `answers`.
struct WireDistrict {
  struct Answer {
    var status = 200
    var body: String
  }

  /// By the path of the target, without its query.
  var answers: [String: Answer] = [:]
  /// What the number of students is told to be, one time after another; the last one for good.
  var counts = [5]
  /// Elements of a page, by the last word of the path.
  var pageSizes = ["student": 2]

  subscript(path: String) -> String {
    get { answers[path]?.body ?? "" }
    set { answers[path] = Answer(body: newValue) }
  }

  mutating func forbid(_ word: String) {
    for path in Self.lists.keys where path.hasSuffix("/" + word) {
      answers[path] = Answer(status: 403, body: #"{"message":"Access denied"}"#)
    }
  }

  mutating func answer(_ target: String) -> HTTPResponse {
    let halves = target.split(separator: "?", maxSplits: 1)
    let path = String(halves.first ?? "")
    let query = halves.count > 1 ? halves[1] : ""
    let answer = answers[path] ?? Answer(body: page(path, String(query)))
    return HTTPResponse(status: answer.status, body: Array(answer.body.utf8))
  }

  private mutating func page(_ path: String, _ query: String) -> String {
    if path == "/ws/v1/metadata" {
      let sizes = pageSizes.map { #""\#($0.key)_max_page_size":\#($0.value)"# }.joined(separator: ",")
      return #"{"metadata":{\#(sizes)}}"#
    }
    if path == "/ws/v1/district/student/count" {
      let count = counts.count > 1 ? counts.removeFirst() : counts[0]
      return #"{"resource":{"count":\#(count)}}"#
    }
    let word = String(path.split(separator: "/").last ?? "")
    let number =
      query.split(separator: "&").first { $0.hasPrefix("page=") }.flatMap { Int($0.dropFirst(5)) } ?? 1
    let size = pageSizes[word] ?? 100
    let elements = (Self.lists[path] ?? []).dropFirst((min(number, 1_000) - 1) * size).prefix(size)
    return Self.list(word, elements.joined(separator: ","))
  }

  /// A list as the server wraps it: the elements of `word` in an array.
  static func list(_ word: String, _ elements: String) -> String {
    #"{"\#(word)s":{"\#(word)":[\#(elements)]}}"#
  }

  private static let lists: [String: [String]] = [
    "/ws/v1/district/school": [
      #"{"id":3,"name":"Elm Middle","school_number":20,"low_grade":-1,"high_grade":8}"#,
      #"{"id":4,"name":"Oak High","school_number":30,"low_grade":9,"high_grade":12}"#,
    ],
    "/ws/v1/school/3/term": [term(200, 3, portion: 1), term(201, 3, portion: 2)],
    "/ws/v1/school/4/term": [term(300, 4, portion: 1)],
    "/ws/v1/school/3/course": [#"{"id":55,"course_number":"MA1","course_name":"Algebra"}"#],
    "/ws/v1/school/4/course": [
      #"{"id":55,"course_number":"MA1","course_name":"Algebra"}"#,
      #"{"id":56,"course_number":"AR","course_name":"Art"}"#,
    ],
    "/ws/v1/school/3/staff": [staff(65, person: 63, school: 3), staff(66, person: 64, school: 3)],
    "/ws/v1/school/4/staff": [staff(67, person: 63, school: 4)],
    "/ws/v1/district/student": (1...5).map { student(4000 + $0) },
    "/ws/v1/school/3/section": [section(900, 3, staff: 65), section(901, 3, staff: 66)],
    "/ws/v1/school/4/section": [section(902, 4, staff: 67)],
    "/ws/v1/section/900/section_enrollment": [enrollment(90_001, 900, 4001), enrollment(90_002, 900, 4002)],
    "/ws/v1/section/901/section_enrollment": [enrollment(90_003, 901, 4003)],
    "/ws/v1/section/902/section_enrollment": [enrollment(90_004, 902, 4004), enrollment(90_005, 902, 4005)],
  ]

  private static func term(_ id: Int, _ school: Int, portion: Int) -> String {
    #"{"id":\#(id),"local_id":3500,"school_id":\#(school),"start_year":2025,"portion":\#(portion),"#
      + #""start_date":"2025-08-11","end_date":"2026-05-29","abbreviation":"T","name":"Term \#(id)"}"#
  }

  private static func staff(_ id: Int, person: Int, school: Int) -> String {
    #"{"id":\#(id),"local_id":5,"name":{"first_name":"Ivo","last_name":"Klein"},"addresses":"","#
      + #""school_affiliations":{"school_affiliation":{"school_id":\#(school),"type":1,"status":1}},"users_dcid":\#(person)}"#
  }

  static func student(_ id: Int, _ more: String = "") -> String {
    #"{"id":\#(id),"local_id":\#(id + 100_000),"name":{"first_name":"Ana","last_name":"Rivera"},"#
      + #""demographics":{"gender":"F","birth_date":"2011-04-09"},"school_enrollment":{"enroll_status":"A","#
      + #""grade_level":8,"entry_date":"2025-08-11","exit_date":"2026-05-29","school_id":3}\#(more)}"#
  }

  private static func section(_ id: Int, _ school: Int, staff: Int) -> String {
    #"{"id":\#(id),"school_id":\#(school),"course_id":55,"staff_id":\#(staff),"term_id":200,"section_number":"01","#
      + #""expression":"1(A)"}"#
  }

  private static func enrollment(_ id: Int, _ section: Int, _ student: Int) -> String {
    #"{"id":\#(id),"section_id":\#(section),"student_id":\#(student),"entry_date":"2025-08-11","dropped":false}"#
  }
}
