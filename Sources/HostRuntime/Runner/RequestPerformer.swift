import HostModel
import Resilience
import SyncCore

/// Performs one attempt at one request: gate, credential, transport. It retries nothing: whether a request is
/// sent again is `SyncRun`'s to decide.
package struct RequestPerformer: Sendable {
  let integration: IntegrationID
  let baseURL: String
  let allowedHosts: [String]
  let limits: HTTPLimits
  let gate: RequestGate
  let broker: TokenBroker
  let transport: any Transport
  let clock: any HostClock

  /// What became of the attempt, and which token it used.
  struct Attempted: Sendable {
    var event: SyncEvent
    var grantGeneration: Int?
  }

  /// - Parameter lastGrant: the token generation that the previous attempt at this request used.
  func perform(
    _ attempt: SendAttempt, lastGrant: Int?,
    waiting: @escaping @Sendable (GateState.Reason, HostInstant) -> Void
  ) async -> Attempted {
    let id = attempt.request.id
    do {
      if let moment = attempt.notBefore { try await clock.sleep(until: moment) }
      let url = try RequestTarget.resolve(
        attempt.request.target, baseURL: baseURL, allowedHosts: allowedHosts)
      // The token first, the slot second: a slot must not age while a token is fetched.
      var grant: TokenBroker.Grant?
      if attempt.request.sendsCredential {
        grant = try await broker.grant(
          integration, refused: attempt.wantsNewCredential ? lastGrant : nil)
      }
      let pass = try await gate.admit(integration, waiting: waiting)
      let result = await exchange(attempt.request, url: url, grant: grant)
      await record(result, pass)
      return Attempted(event: .exchanged(requestID: id, result), grantGeneration: grant?.generation)
    } catch let error as HostError {
      return Attempted(event: .refused(requestID: id, error), grantGeneration: nil)
    } catch let parked as RequestGate.Parked {
      let seconds = clock.now.milliseconds(until: parked.until) / 1000
      let error = HostError(
        .server, "parked", "Requests wait for another \(seconds) s: \(parked.reason.rawValue)",
        advice: "Run it again then; it goes on from here", isRetryable: true)
      return Attempted(event: .refused(requestID: id, error), grantGeneration: nil)
    } catch {
      return Attempted(
        event: .exchanged(requestID: id, .failure(TransportError(.cancelled, "the run was stopped"))),
        grantGeneration: nil)
    }
  }

  private func exchange(
    _ request: ProviderRequest, url: String, grant: TokenBroker.Grant?
  ) async -> Result<HTTPResponse, TransportError> {
    var headers = request.headers
    if let header = grant?.header { headers.append(header) }
    do {
      return .success(
        try await transport.perform(
          HTTPRequest(
            method: request.method, url: url, headers: headers, body: request.body,
            expect: request.expect, limits: limits)))
    } catch {
      return .failure(error)
    }
  }

  private func record(_ result: Result<HTTPResponse, TransportError>, _ pass: RequestGate.Pass) async {
    switch result {
    case .success(let response):
      let after = RetryAfter.milliseconds(in: response, now: clock.now)
      switch response.status {
      case 429:
        await gate.record(
          pass, .throttled,
          retryAfterMilliseconds: after ?? RetryAfter.millisecondsInThrottleText(response.body))
      case 408, 500...: await gate.record(pass, .failed, retryAfterMilliseconds: after)
      default: await gate.record(pass, .answered)
      }
    case .failure(let error):
      let isOurs: Bool = [.cancelled, .badURL, .internal, .redirectRefused].contains(error.code)
      await gate.record(pass, isOurs ? .unknown : .failed)
    }
  }
}
