import HostModel

/// What happens to a run.
package enum SyncEvent: Sendable {
  /// A call of `next` answered.
  case asked(Result<SessionAnswer, ProviderFault>)
  /// A call of `feed` with the answer to this request ended.
  case fed(requestID: RequestKey, Result<SessionAnswer, ProviderFault>)
  /// The exchange of this request ended.
  case exchanged(requestID: RequestKey, Result<HTTPResponse, TransportError>)
  /// The request could not be sent: no token, a foreign host, or a pause that is too long to wait for.
  case refused(requestID: RequestKey, HostError, resumeAt: HostInstant?)
  case staged(Result<Int, StoreError>)
  /// The time of a pause has come.
  case paused
  case published(Result<PublishOutcome, StoreError>)
  /// Another version of the provider is ready: go on with it as soon as the pages on their way are stored.
  case replaced
  /// A session was opened anew, or cannot be.
  case reopened(Result<Void, HostError>)
  /// A person or a shutdown wants the run to end: what is in hand is stored, the rest waits.
  case stopped
}

/// What a run wants done. Each effect is answered by exactly one event, `finish` by none.
package enum SyncEffect: Sendable {
  case ask(grant: Int)
  case feed(requestID: RequestKey, HTTPResponse, grant: Int)
  case send(SendAttempt)
  /// To store these pages, in this order, all or none.
  case stage([StagedPage])
  /// To be told when this moment has come.
  case pause(until: HostInstant)
  case publish
  /// Close the session and open another one where the last stored page ends.
  case reopen(at: Cursor?, because: ReopenReason)
  /// The last effect: exchanges still on their way are of no interest any more.
  case finish(SyncConclusion)
}

/// Why a session is opened anew in the middle of a run.
package enum ReopenReason: Sendable, Equatable {
  /// The provider died: what was on its way is asked for again.
  case crashed(ProviderFault)
  /// Another version of it was installed.
  case replaced
}

/// One try at one request.
package struct SendAttempt: Sendable {
  package var key: RequestKey
  package var request: ProviderRequest
  /// From 1.
  package var number: Int
  package var notBefore: HostInstant?
  /// The last token was refused: take a newer one.
  package var wantsNewCredential: Bool
}

/// How a run ended.
package struct SyncConclusion: Sendable {
  package var state: RunState
  package var outcome: PublishOutcome?
  package var error: HostError?
  /// For a run that stopped because the source asked for a pause.
  package var resumeAt: HostInstant?

  package init(
    state: RunState, outcome: PublishOutcome? = nil, error: HostError? = nil, resumeAt: HostInstant? = nil
  ) {
    self.state = state
    self.outcome = outcome
    self.error = error
    self.resumeAt = resumeAt
  }
}
