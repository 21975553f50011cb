/// Who may ask: whoever sends the one token, or everybody where there is none.
struct BearerCheck: Sendable {
  private let expected: String?
  private let realm: String

  init(token: String?, realm: String) {
    expected = token.map { "Bearer " + $0 }
    self.realm = realm
  }

  /// False, and the answer is 401, for a request without the token.
  func admits(_ request: HTTPRequestHead, _ answer: HTTPAnswer) -> Bool {
    guard let expected else { return true }
    guard request.header("authorization") == expected else {
      answer.status = 401
      answer.headers.append(("WWW-Authenticate", "Bearer realm=\"\(realm)\""))
      return false
    }
    answer.token = "static"
    return true
  }
}
