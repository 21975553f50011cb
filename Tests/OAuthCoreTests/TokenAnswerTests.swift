import HostModel
import Testing

@testable import OAuthCore

@Suite struct TokenAnswerTests {
  private let sent = HostInstant(milliseconds: 1_000_000)

  private func read(_ status: Int = 200, _ members: TokenMembers?) -> Result<AccessToken, HostError> {
    TokenAnswer.read(status: status, members: members, requestedAt: sent, place: "https://sis.example")
  }
  private func good(expires: TokenMembers.Scalar?) -> TokenMembers {
    TokenMembers(accessToken: .string("abc"), tokenType: .string("bearer"), expiresIn: expires)
  }

  @Test(arguments: [
    (.string("2504956"), 2_504_956_000), (.number(1800), 1_800_000), (.number(59.9), 59_000), (nil, 3_600_000),
    (.other, 3_600_000), (.string("soon"), 3_600_000), (.number(1e300), 315_360_000_000),
    (.string("nan"), 3_600_000), (.string("inf"), 3_600_000),
  ] as [(TokenMembers.Scalar?, Int64)])
  func `expires_in is read as number or text, bounded, and assumed where it is missing`(
    _ row: (value: TokenMembers.Scalar?, life: Int64)
  ) throws {
    let token = try read(200, good(expires: row.value)).get()
    #expect(token.expiresAt == sent.advanced(byMilliseconds: row.life))
  }

  @Test func `a token is renewed ten minutes before its end, never before half of its life`() throws {
    let long = try read(200, good(expires: .number(7_200))).get()
    #expect(long.dueAt == sent.advanced(byMilliseconds: 6_600_000))
    let short = try read(200, good(expires: .number(30))).get()
    #expect(short.dueAt == sent.advanced(byMilliseconds: 15_000))
  }

  @Test(arguments: [
    (200, nil, "not-an-oauth-answer"),
    (200, TokenMembers(tokenType: .string("Bearer")), "not-an-oauth-answer"),
    (200, TokenMembers(accessToken: .number(7), tokenType: .string("Bearer")), "not-an-oauth-answer"),
    (200, TokenMembers(accessToken: .string("a\r\nb"), tokenType: .string("Bearer")), "not-an-oauth-answer"),
    (200, TokenMembers(accessToken: .string("a"), tokenType: .string("mac")), "not-an-oauth-answer"),
    (200, TokenMembers(accessToken: .string("a")), "not-an-oauth-answer"),
    (200, TokenMembers(error: .string("invalid_grant")), "token-refused"),
    (401, TokenMembers(error: .string("invalid_client")), "token-refused"),
    (403, nil, "token-refused"), (503, nil, "token-server-error"), (429, nil, "token-server-error"),
    (400, TokenMembers(error: .string("temporarily_unavailable")), "token-server-error"),
  ] as [(Int, TokenMembers?, String)])
  func `an answer without a usable token says what is wrong`(
    _ row: (status: Int, members: TokenMembers?, code: String)
  ) {
    guard case .failure(let error) = read(row.status, row.members) else { return #expect(Bool(false)) }
    #expect(error.code == row.code)
    #expect(error.isRetryable == (row.code == "token-server-error"))
  }

  @Test func `what the server says is cut to printable characters`() {
    let text = "x\r\n<script>" + String(repeating: "y", count: 500)
    guard case .failure(let error) = read(400, TokenMembers(error: .string(text))) else {
      return #expect(Bool(false))
    }
    #expect(!error.message.contains("\n"))
    #expect(error.message.count < 200)
  }

  @Test func `a token never prints itself`() throws {
    let token = try read(200, good(expires: nil)).get()
    var dumped = ""
    dump(token, to: &dumped)
    #expect("\(token)" == "[redacted]")
    #expect(String(reflecting: token) == "[redacted]")
    #expect(!dumped.contains("abc"))
  }
}
