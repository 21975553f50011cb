/// What a client needs to fetch a token by `client_credentials` (RFC 6749 section 4.4).
package struct ClientCredentials: Sendable {
  /// Where id and secret go: never both places at once, and never a second way after a failure
  /// (RFC 6749 section 2.3.1; RFC 9700 section 2.5).
  package enum Authentication: String, Sendable, CaseIterable {
    case basic
    /// Basic without form-encoding id and secret first, for servers that do not decode.
    case basicRaw = "basic-raw"
    case body
  }

  package var clientID: String
  package var clientSecret: String
  package var authentication: Authentication
  package var scope: String?

  package init(
    clientID: String, clientSecret: String, authentication: Authentication = .basic, scope: String? = nil
  ) {
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.authentication = authentication
    self.scope = scope
  }
}
