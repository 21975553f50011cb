import HostModel
import Recordings
import Resilience
import SyncCore

/// Performs one attempt at one request: gate, credential, transport. It retries nothing: whether a request is
/// sent again is `SyncRun`'s to decide.
package struct RequestPerformer: AttemptPerformer {
  let integration: IntegrationID
  let baseURL: String
  let allowedHosts: [String]
  let limits: HTTPLimits
  /// Values that take the place of what the provider wrote for them in a header (`ConfigSchema.placeholder`).
  let secrets: [String: SecretText]
  let gate: RequestGate
  let broker: TokenBroker
  let transport: any Transport
  let clock: any HostClock
  /// Keeps the exchanges, where the run is recorded.
  let recorder: RunRecorder?

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
    let id = attempt.key
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
      // Before the gate too: who has passed it sends, or a probe of the breaker would never come back.
      let headers = try headers(of: attempt.request) + [grant?.header].compactMap { $0 }
      let pass = try await gate.admit(integration, waiting: waiting)
      let result = await exchange(attempt.request, url: url, headers: headers)
      await recorder?.record(attempt.request, result, at: clock.now)
      await record(result, pass, attempt.request)
      return Attempted(event: .exchanged(requestID: id, result), grantGeneration: grant?.generation)
    } catch let error as HostError {
      return Attempted(event: .refused(requestID: id, error, resumeAt: nil), grantGeneration: nil)
    } catch let parked as RequestGate.Parked {
      return Attempted(
        event: .refused(requestID: id, error(parked), resumeAt: parked.until), grantGeneration: nil)
    } catch {
      return Attempted(
        event: .exchanged(requestID: id, .failure(TransportError(.cancelled, "the run was stopped"))),
        grantGeneration: nil)
    }
  }

  /// The provider's headers with the secrets that it named but never saw.
  private func headers(of request: ProviderRequest) throws(HostError) -> [HTTPHeader] {
    guard !secrets.isEmpty, request.sendsCredential else { return request.headers }
    var headers = request.headers
    for index in headers.indices {
      for (placeholder, secret) in secrets where headers[index].value.contains(placeholder) {
        headers[index].value = headers[index].value.replacing(placeholder, with: try secret.read())
      }
    }
    return headers
  }

  private func exchange(
    _ request: ProviderRequest, url: String, headers: [HTTPHeader]
  ) async -> Result<HTTPResponse, TransportError> {
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

  private func error(_ parked: RequestGate.Parked) -> HostError {
    let seconds = (clock.now.milliseconds(until: parked.until) + 999) / 1000
    let because = parked.because.map { ": \($0)" } ?? ""
    return HostError(
      parked.reason == .breakerOpen ? .server : .rateLimit, "parked", "Requests wait for another \(seconds) s, because \(parked.reason.rawValue)\(because)",
      advice: "Check that the SIS is up; run it again then, and it goes on from here", isRetryable: true)
  }

  /// Tells the gate how the exchange ended.
  private func record(
    _ result: Result<HTTPResponse, TransportError>, _ pass: RequestGate.Pass, _ request: ProviderRequest
  ) async {
    switch result {
    case .success(let response) where response.status >= 400:
      guard case .retry(let error, let after, _) = ResponseVerdict.of(
        response, expecting: request.expect, place: request.place, now: clock.now)
      else { return await gate.record(pass, .answered) }
      // A throttle is the limiter's business, whatever its status, and says nothing of the source's health.
      let outcome: GateState.Outcome = error.category == .rateLimit ? .throttled : .failed
      await gate.record(
        pass, outcome, because: outcome == .failed ? error.message : nil, retryAfterMilliseconds: after)
    case .success: await gate.record(pass, .answered)
    case .failure(let failure):
      guard case .retry(let error, _, _) = ResponseVerdict.of(failure, place: request.place) else {
        // Cancelled, a bad URL, a redirect that we refused: none of the source's doing.
        return await gate.record(pass, failure.code == .tls ? .failed : .unknown)
      }
      await gate.record(pass, .failed, because: error.message)
    }
  }
}
