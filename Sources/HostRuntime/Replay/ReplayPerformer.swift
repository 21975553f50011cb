import HostModel
import Recordings
import Resilience
import SyncCore

/// Answers a run's requests from a recording: no network, no token, no waiting.
actor ReplayPerformer: AttemptPerformer {
  private let recording: Recording
  private let clock: ReplayClock
  private var book: AnswerBook

  /// - Throws: `recording-unreadable`.
  init(_ recording: Recording, clock: ReplayClock) throws(HostError) {
    self.recording = recording
    self.clock = clock
    book = try AnswerBook(recording, recording.exchanges)
  }

  func perform(
    _ attempt: SendAttempt, lastGrant: Int?,
    waiting: @escaping @Sendable (GateState.Reason, HostInstant) -> Void
  ) async -> RequestPerformer.Attempted {
    if let moment = attempt.notBefore { clock.advance(to: moment) }
    let event: SyncEvent
    do throws(HostError) {
      guard let exchange = book.next(attempt.request) else { throw unknown(attempt.request) }
      clock.advance(to: exchange.at)
      event = .exchanged(requestID: attempt.key, try recording.answer(to: exchange))
    } catch {
      event = .refused(requestID: attempt.key, error, resumeAt: nil)
    }
    return RequestPerformer.Attempted(event: event, grantGeneration: nil)
  }

  private func unknown(_ request: ProviderRequest) -> HostError {
    let nearest = book.nearest(to: request).map { "the nearest is \($0)" } ?? "it holds no exchange at all"
    return HostError(
      .provider, "replay-unknown-request",
      "The recording \(recording.name) has no answer to \(request.place); \(nearest)",
      advice:
        "It was made with provider version \(recording.header.providerVersion); "
        + "one that asks for something else needs a new recording"
    )
  }
}

/// The way out of a host that has none.
struct NoNetwork: Transport {
  func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    throw TransportError(.internal, "a replay has no network")
  }
}
