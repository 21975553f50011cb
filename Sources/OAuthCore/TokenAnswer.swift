import HostModel

/// The members of a token endpoint's answer that matter, as the decoder found them; everything else is dropped.
package struct TokenMembers: Sendable {
  package enum Scalar: Sendable, Equatable {
    case string(String)
    case number(Double)
    /// A boolean, null, list or object: not what was due.
    case other
  }
  package var accessToken: Scalar?
  package var tokenType: Scalar?
  package var expiresIn: Scalar?
  package var error: Scalar?
  package init(
    accessToken: Scalar? = nil, tokenType: Scalar? = nil, expiresIn: Scalar? = nil, error: Scalar? = nil
  ) {
    self.accessToken = accessToken
    self.tokenType = tokenType
    self.expiresIn = expiresIn
    self.error = error
  }
}

/// A usable access token.
package struct AccessToken: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  package let value: String
  package let expiresAt: HostInstant
  /// When it is renewed: 10 minutes before it ends, never earlier than half of its life
  /// (security.md A.2 54).
  package let dueAt: HostInstant
  package var description: String { "[redacted]" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }

  package init(value: String, requestedAt: HostInstant, lifeMilliseconds: Int64) {
    self.value = value
    expiresAt = requestedAt.advanced(byMilliseconds: lifeMilliseconds)
    dueAt = expiresAt.advanced(byMilliseconds: -min(600_000, lifeMilliseconds / 2))
  }
}

/// Reads an answer of a token endpoint (security.md A.2 34-48; RFC 6749 sections 5.1, 5.2).
package enum TokenAnswer {
  package static let assumedLifeMilliseconds: Int64 = 3_600_000
  package static let longestLifeMilliseconds: Int64 = 10 * 365 * 86_400_000
  package static let maximumTokenBytes = 16 << 10

  /// - Parameters:
  ///   - members: nil if the body is not a JSON object.
  ///   - requestedAt: when the request was sent: expiry is never later than the server's view.
  package static func read(
    status: Int, members: TokenMembers?, requestedAt: HostInstant, place: String
  ) -> Result<AccessToken, HostError> {
    if case .string(let code)? = members?.error { return .failure(refusal(code, status: status, place)) }
    guard status == 200 else {
      let passing = status == 429 || status >= 500
      return .failure(
        HostError(
          passing ? .server : .authentication, passing ? "token-server-error" : "token-refused",
          "The token endpoint \(place) answered status \(status)",
          advice: passing
            ? "The next run tries again" : "Check client id, client secret and token URL of this integration",
          isRetryable: passing))
    }
    guard let members else {
      return .failure(
        notOAuth("The token endpoint \(place) answered something that is not a JSON object"))
    }
    guard case .string(let token)? = members.accessToken, !token.isEmpty,
      token.utf8.count <= maximumTokenBytes, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else {
      return .failure(notOAuth("The answer of \(place) has no usable access_token"))
    }
    guard case .string(let type)? = members.tokenType, type.lowercased() == "bearer" else {
      return .failure(notOAuth("The answer of \(place) has no token_type Bearer"))
    }
    guard let life = life(members.expiresIn) else {
      return .failure(notOAuth("The answer of \(place) carries a token that has expired already"))
    }
    return .success(AccessToken(value: token, requestedAt: requestedAt, lifeMilliseconds: life))
  }

  /// `expires_in` as number or numeric string (PS-Q04), floored, at most ten years; anything else is as if it
  /// were missing. Nil if it says that the token has expired.
  static func life(_ value: TokenMembers.Scalar?) -> Int64? {
    let seconds: Double?
    switch value {
    case .number(let number): seconds = number
    case .string(let text): seconds = Double(text)
    case .other, nil: seconds = nil
    }
    guard let seconds, seconds.isFinite else { return assumedLifeMilliseconds }
    guard seconds >= 1 else { return nil }
    return Int64(min(seconds.rounded(.down), Double(longestLifeMilliseconds / 1000)) * 1000)
  }

  private static func refusal(_ code: String, status: Int, _ place: String) -> HostError {
    let word = String(code.unicodeScalars.filter { (0x21...0x7E).contains($0.value) }.prefix(64).map(Character.init))
    let passing = code == "temporarily_unavailable" || code == "server_error" || status == 429 || status >= 500
    return HostError(
      passing ? .server : .authentication, passing ? "token-server-error" : "token-refused",
      "The token endpoint \(place) refused the client credentials (status \(status), \(word))",
      advice: passing
        ? "The next run tries again" : "Check client id and client secret of this integration in the SIS",
      isRetryable: passing)
  }

  private static func notOAuth(_ message: String) -> HostError {
    HostError(
      .authentication, "not-an-oauth-answer", message, advice: "Check the token URL of this integration")
  }
}
