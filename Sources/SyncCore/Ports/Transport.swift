import HostModel

/// The one way out of the host. Answers a complete, inflated, bounded response of any status, or says why
/// there is none. It adds nothing and retries nothing; cancelling the task ends the exchange.
package protocol Transport: Sendable {
  func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
