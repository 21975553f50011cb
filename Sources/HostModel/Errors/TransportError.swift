/// Why an exchange brought no whole answer.
package struct TransportError: Error, Sendable, Equatable {
  package enum Code: String, Sendable, CaseIterable {
    case badURL = "bad-url"
    case resolve
    case connect
    case tls
    case connectTimeout = "connect-timeout"
    case firstByteTimeout = "first-byte-timeout"
    case tooSlow = "too-slow"
    case totalTimeout = "total-timeout"
    case reset
    /// Fewer bytes than the framing or the compression promised.
    case bodyIncomplete = "body-incomplete"
    /// The body's compression is broken or unknown.
    case bodyUndecodable = "body-undecodable"
    case bodyTooLarge = "body-too-large"
    case headersTooLarge = "headers-too-large"
    /// A redirect to another origin, or too many of them.
    case redirectRefused = "redirect-refused"
    case cancelled
    case `internal`
  }

  package var code: Code
  /// The detail as one clause: "got 5,919 of 11,838 bytes". Never a secret.
  package var context: String

  package init(_ code: Code, _ context: String) {
    self.code = code
    self.context = context
  }
}
