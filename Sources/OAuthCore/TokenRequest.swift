import HostModel

/// Builds the request to a token endpoint.
package enum TokenRequest {
  /// The exact body, nothing added: some servers refuse a parameter that they do not know (PS-Q32).
  /// No compression is asked for, and the answer is bounded to 64 KiB (security.md A.2 33).
  package static func clientCredentials(_ client: ClientCredentials, tokenURL: String) -> HTTPRequest {
    var body = "grant_type=client_credentials"
    if let scope = client.scope, !scope.isEmpty { body += "&scope=" + FormEncoding.encode(scope) }
    var headers = [
      HTTPHeader("accept", "application/json"),
      HTTPHeader("accept-encoding", "identity"),
      HTTPHeader("content-type", "application/x-www-form-urlencoded;charset=UTF-8"),
    ]
    switch client.authentication {
    case .basic:
      let pair = FormEncoding.encode(client.clientID) + ":" + FormEncoding.encode(client.clientSecret)
      headers.append(HTTPHeader("authorization", "Basic " + Base64.encode(Array(pair.utf8))))
    case .basicRaw:
      let pair = client.clientID + ":" + client.clientSecret
      headers.append(HTTPHeader("authorization", "Basic " + Base64.encode(Array(pair.utf8))))
    case .body:
      body += "&client_id=" + FormEncoding.encode(client.clientID)
      body += "&client_secret=" + FormEncoding.encode(client.clientSecret)
    }
    return HTTPRequest(
      method: "POST", url: tokenURL, headers: headers, body: Array(body.utf8), expect: .any, limits: limits)
  }

  /// Connect 10 s, 30 s in all, 64 KiB, no redirect (security.md A.2 30, 32, 33).
  package static let limits: HTTPLimits = {
    var limits = HTTPLimits.standard
    limits.firstByteMilliseconds = 30_000
    limits.totalMilliseconds = 30_000
    limits.wireBytes = 64 << 10
    limits.decodedBytes = 64 << 10
    limits.redirects = 0
    return limits
  }()
}
