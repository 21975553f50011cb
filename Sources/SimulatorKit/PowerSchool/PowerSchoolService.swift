import Glibc

/// Answers as a PowerSchool server does (sis-apis.md section 2): token endpoint, metadata, roster lists with
/// paging and counts, single elements, two PowerQueries.
package final class PowerSchoolService: HTTPService, @unchecked Sendable {  // mutable state is behind the lock
  let options: PowerSchoolOptions
  let tokens: TokenBook
  private let expectedBasic: String
  private let lock = Lock()
  private var districtNow: District
  private var filtered: [String: [Int32]] = [:]
  private var throttle: RequestWindow

  package init(district: District, options: PowerSchoolOptions) {
    self.options = options
    districtNow = district
    tokens = TokenBook(life: options.tokenLife)
    expectedBasic = "Basic " + Base64.encode(Array((options.clientID + ":" + options.clientSecret).utf8))
    throttle = RequestWindow(requests: options.requestLimit, seconds: options.requestWindow)
  }

  /// The district as it stands; a later day replaces it whole.
  package var district: District {
    get { lock.withLock { districtNow } }
    set {
      lock.withLock {
        districtNow = newValue
        filtered = [:]
      }
    }
  }

  package func revoke(_ request: HTTPRequestHead) { tokens.revoke() }

  package func answer(_ request: HTTPRequestHead, into answer: HTTPAnswer) {
    guard request.segments.first != "oauth" else { return token(request, answer) }
    let path = request.segments
    let isOpen = path == ["ws", "v1", "metadata"] || path == ["ws", "v1", "time"]
    guard path.first == "ws" else { return failure(404, "Not Found", answer) }
    if let name = tokens.name(ofBearer: request.header("authorization")) {
      answer.token = name
    } else if !isOpen {
      return unauthorized(request, answer)
    }
    if let wait = lock.withLock({ throttle.admit(now: monotonicMilliseconds()) }) {
      return throttled(wait, answer)
    }
    PowerSchoolCall(service: self, request: request, answer: answer, district: district).run()
  }

  // MARK: Token

  private func token(_ request: HTTPRequestHead, _ answer: HTTPAnswer) {
    guard request.segments == ["oauth", "access_token"] else { return failure(404, "Not Found", answer) }
    guard request.method == "POST" else { return failure(405, "Method Not Allowed", answer) }
    guard request.header("authorization") == expectedBasic else {
      answer.status = 401
      answer.body.append("{\"error\":\"invalid_client\"}")
      return
    }
    let type = request.header("content-type") ?? ""
    // The body must be this and nothing more (PS-Q32).
    guard type.lowercased().hasPrefix("application/x-www-form-urlencoded"),
      request.body == Array("grant_type=client_credentials".utf8)
    else {
      answer.status = 401
      answer.body.append("{\"error\":\"bad_request\"}")
      return
    }
    let (value, seconds) = tokens.issue()
    answer.token = String(value.prefix { $0 != "-" })
    answer.headers.append(("Cache-Control", "no-store"))
    let quote = options.quirks[.expiresText] ? "\"" : ""
    answer.body.append(
      text: "{\"access_token\":\"\(value)\",\"token_type\":\"Bearer\",\"expires_in\":\(quote)\(seconds)\(quote)}")
  }

  private func unauthorized(_ request: HTTPRequestHead, _ answer: HTTPAnswer) {
    answer.status = 401
    let hasToken = request.header("authorization")?.hasPrefix("Bearer ") == true
    answer.headers.append(
      (
        "WWW-Authenticate",
        hasToken
          ? "Bearer error=\"invalid_token\",realm=\"PowerSchool\",error_description=\"The access token has expired\""
          : "Bearer realm=\"PowerSchool\""
      ))
    if !options.quirks[.bareUnauthorized] { answer.body.append("{\"message\":\"Unauthorized\"}") }
  }

  private func throttled(_ wait: Int, _ answer: HTTPAnswer) {
    let seconds = (wait + 999) / 1000
    answer.headers.append(("Retry-After", "\(seconds)"))
    failure(
      options.quirks[.throttleStatus] ? options.quirks.throttleStatus : 429,
      "There were too many requests; wait \(seconds) seconds before the next one.", answer)
  }

  /// The vendor's error body.
  func failure(_ status: Int, _ message: String, _ answer: HTTPAnswer, field: String? = nil) {
    answer.status = status
    answer.body.clear()
    answer.body.append("{\"message\":")
    JSONText.write(message, to: answer.body)
    if let field {
      answer.body.append(",\"errors\":[{\"field\":")
      JSONText.write(field, to: answer.body)
      answer.body.append("}]")
    }
    answer.body.append("}")
  }

  /// The students that a filter leaves, kept for the following pages.
  func students(_ filter: StudentFilter?, text: String, school: Int?, in district: District) -> [Int32] {
    if filter?.isCurrentOnly == true, school == nil { return district.current }
    let key = "\(school ?? -1) \(text)"
    if let known = lock.withLock({ filtered[key] }) { return known }
    var found: [Int32] = []
    for index in 0..<district.everyone {
      if school != nil, filter == nil, !district.isCurrent(index) { continue }
      let student = district.student(index)
      if let school, student.school != school || student.isAtGraduatesSchool { continue }
      if let filter, !filter.matches(student) { continue }
      if school != nil, filter == nil, student.status != .active { continue }
      found.append(Int32(truncatingIfNeeded: index))
    }
    lock.withLock {
      if filtered.count >= 16 { filtered = [:] }
      filtered[key] = found
    }
    return found
  }
}

/// Milliseconds of a clock that never jumps.
func monotonicMilliseconds() -> Int {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
}
