import HostModel
import Testing

@testable import OAuthCore

@Suite struct TokenRequestTests {
  private func request(_ authentication: ClientCredentials.Authentication, scope: String? = nil) -> HTTPRequest {
    let client = ClientCredentials(
      clientID: "id", clientSecret: "a+b/c=d&e%25:f", authentication: authentication, scope: scope)
    return TokenRequest.clientCredentials(client, tokenURL: "https://sis.example/oauth/access_token")
  }
  private func header(_ name: String, _ request: HTTPRequest) -> String? {
    request.headers.first { $0.name == name }?.value
  }

  @Test func `Basic form-encodes id and secret before it joins them`() {
    let request = request(.basic)
    let pair = Base64.encode(Array("id:a%2Bb%2Fc%3Dd%26e%2525%3Af".utf8))
    #expect(header("authorization", request) == "Basic " + pair)
    #expect(String(decoding: request.body, as: UTF8.self) == "grant_type=client_credentials")
  }

  @Test func `raw Basic sends them as they are`() {
    let pair = Base64.encode(Array("id:a+b/c=d&e%25:f".utf8))
    #expect(header("authorization", request(.basicRaw)) == "Basic " + pair)
  }

  @Test func `in the body the secret is sent once and nowhere else`() {
    let request = request(.body, scope: "roster read")
    #expect(header("authorization", request) == nil)
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "grant_type=client_credentials&scope=roster+read&client_id=id&client_secret=a%2Bb%2Fc%3Dd%26e%2525%3Af")
  }

  @Test func `a token endpoint's redirect is not followed and its answer is small and not compressed`() {
    #expect(header("accept-encoding", request(.basic)) == "identity")
    #expect(request(.basic).limits.redirects == 0)
    #expect(request(.basic).limits.decodedBytes == 65_536)
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func `base64 agrees with RFC 4648 section 10`(_ row: (plain: String, coded: String)) {
    #expect(Base64.encode(Array(row.plain.utf8)) == row.coded)
  }
}
