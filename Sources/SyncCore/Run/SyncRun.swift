import HostModel
import Resilience

/// One run as a value: events in, effects out. The whole control flow of a sync stands here; nothing here
/// does anything.
///
///     plugin asks -> gate and curl -> plugin answers -> stage -> ... -> publish
///
/// Pages are in motion at three places: on the wire, parsed, stored. A session is called one call at a time; pages
/// are staged in the order in which they were answered, since a cursor covers everything before it. Where they come
/// quickly those that wait are staged together. When storing falls behind, nothing more is fed, and so nothing more
/// is asked.
///
/// A session that died, or whose provider was replaced, is opened anew where the last stored page ends. After a crash
/// what was on its way is given up and asked for again; for a replacement it is read to its end first.
package struct SyncRun: Sendable {
  package struct Settings: Sendable {
    /// Requests of this run on the wire at one time, at least one.
    package var maxInFlight: Int
    package var retry: RetryPolicy
    /// Answered pages that may wait for the store.
    package var stageDepth: Int
    /// Pages are stored at most once in this time, unless as many wait as may: a transaction costs as much as some
    /// dozen records. One that comes alone does not wait.
    package var stageMilliseconds: Int64
    package init(
      maxInFlight: Int = 1, retry: RetryPolicy = RetryPolicy(), stageDepth: Int = 64, stageMilliseconds: Int64 = 20
    ) {
      self.maxInFlight = max(maxInFlight, 1)
      self.retry = retry
      self.stageDepth = max(stageDepth, 1)
      self.stageMilliseconds = stageMilliseconds
    }
  }

  /// Bytes of records that may wait for the store, whatever the number of pages.
  package static let stageBytes = 512 << 10

  enum Phase: Equatable { case reading, reopening, publishing, finished }

  let settings: Settings
  var budget: RetryBudget
  var phase: Phase = .reading
  /// A call into the session is under way.
  var isCalling = false
  /// The session may have something to ask: it was opened or fed since it last asked for less than granted.
  var mayAsk = true
  var isDone = false
  /// Requests asked for and not yet fed successfully, with the number of times they were sent.
  var open: [RequestKey: OpenRequest] = [:]
  var arrived: [(id: RequestKey, response: HTTPResponse)] = []
  var unstaged: [StagedPage] = []
  var unstagedBytes = 0
  var isStaging = false
  /// Before this, pages wait for more.
  var nextStage: HostInstant?
  var isPausing = false
  /// False from the moment the store failed: a later page must not be stored over the gap.
  var canStage = true
  var ending: SyncConclusion?
  /// The session in use, counted from 0.
  var session = 0
  /// Why the session is to be opened anew, as soon as it may be.
  var reopening: ReopenReason?
  /// Where the last stored page ends, and where the last of those that are being stored does.
  var cursor: Cursor?
  var stagingCursor: Cursor?
  package private(set) var statistics = SyncStatistics()

  struct OpenRequest {
    var request: ProviderRequest
    var attempts = 1
    var renewedCredential = false
    var resource: String { request.resource }
    var place: String { request.place }
  }

  package var isPublishing: Bool { phase == .publishing }

  /// - Parameter cursor: where the first session was opened.
  package init(settings: Settings, cursor: Cursor? = nil, budget: RetryBudget = RetryBudget()) {
    self.settings = settings
    self.cursor = cursor
    self.budget = budget
  }

  /// The first effects of the run.
  package mutating func start(now: HostInstant) -> [SyncEffect] { advance(now: now) }

  /// - Parameter random: 0..<1, for the jitter of a retry; asked for where there is one only.
  package mutating func handle(
    _ event: SyncEvent, now: HostInstant, random: @autoclosure () -> Double
  ) -> [SyncEffect] {
    guard phase != .finished else { return [] }
    var effects: [SyncEffect] = []
    switch event {
    case .asked(.success(let answer)):
      isCalling = false
      effects += take(answer, from: nil, now: now)
    case .asked(.failure(let fault)):
      isCalling = false
      if fault.code == .crashed {
        crashed(fault)
      } else {
        end(with: Self.error(for: fault, place: "the first request"))
      }
    case .fed(let id, let result):
      isCalling = false
      mayAsk = true
      effects += fed(id, result, now: now, random: random)
    case .exchanged(let id, let result):
      effects += exchanged(id, result, now: now, random: random)
    case .refused(let id, let error, let resumeAt):
      // Of a session that is gone: nobody waits for it any more.
      guard open.removeValue(forKey: id) != nil else { break }
      end(with: error, resumeAt: resumeAt)
      // A pause that the source asked for is no failure.
      if resumeAt != nil, error.category == .rateLimit { ending?.state = .interrupted }
    case .staged(.success):
      isStaging = false
      cursor = stagingCursor ?? cursor
    case .staged(.failure(let error)):
      isStaging = false
      end(with: HostError(error), losing: true)
    case .paused: isPausing = false
    case .replaced:
      if reopening == nil, phase == .reading { reopening = .replaced }
    case .reopened(let result):
      phase = .reading
      isCalling = false
      reopening = nil
      (mayAsk, isDone) = (true, false)
      if case .failure(let error) = result { end(with: error) }
    case .published(let result):
      phase = .reading
      switch result {
      case .success(let outcome):
        ending = SyncConclusion(state: outcome.state, outcome: outcome)
      case .failure(let error): end(with: HostError(error), losing: true)
      }
    case .stopped:
      if ending == nil {
        ending = SyncConclusion(
          state: .interrupted,
          error: HostError(
            .unknown, "stopped", "The run was stopped before its end", advice: "Run it again: it goes on from there",
            isRetryable: true))
      }
    }
    return effects + advance(now: now)
  }

  // MARK: - What happens next

  /// Emits whatever may be done now, given the state.
  private mutating func advance(now: HostInstant) -> [SyncEffect] {
    var effects = stage(now: now)
    if let ending {
      // What was answered is stored first: the next run goes on from there.
      if !isStaging, !isCalling {
        phase = .finished
        effects.append(.finish(ending))
      }
      return effects
    }
    guard phase == .reading else { return effects }
    if let reopening, !isDone, !isCalling, open.isEmpty {
      if !isStaging, unstaged.isEmpty {
        phase = .reopening
        isCalling = true
        session += 1
        effects.append(.reopen(at: cursor, because: reopening))
      }
      return effects
    }
    if isDone {
      if !isStaging, unstaged.isEmpty {
        phase = .publishing
        effects.append(.publish)
      }
      return effects
    }
    guard !isCalling, !isFull else { return effects }
    let grant = settings.maxInFlight - open.count
    if !arrived.isEmpty {
      let (id, response) = arrived.removeFirst()
      isCalling = true
      // The request that is fed frees its place. A session that is to be replaced gets no more.
      effects.append(.feed(requestID: id, response, grant: reopening == nil ? grant + 1 : 0))
    } else if mayAsk, grant > 0, reopening == nil {
      isCalling = true
      effects.append(.ask(grant: grant))
    } else if open.isEmpty, !isStaging, unstaged.isEmpty {
      end(
        with: HostError(
          .provider, "provider-stalled",
          "The provider asked for nothing while nothing was on its way, and did not say that it was done",
          advice: "This is a bug of the provider: tell its vendor"))
      return effects + advance(now: now)
    }
    return effects
  }

  private var isFull: Bool { unstaged.count >= settings.stageDepth || unstagedBytes >= Self.stageBytes }

  /// Hands over what waits for the store, if the store is free and the time has come: at once where nothing was stored
  /// for a while, where much waits, and at the end.
  private mutating func stage(now: HostInstant) -> [SyncEffect] {
    guard !isStaging, !unstaged.isEmpty else { return [] }
    if let moment = nextStage, now < moment, !isFull, !isDone, reopening == nil, ending == nil {
      guard !isPausing else { return [] }
      isPausing = true
      return [.pause(until: moment)]
    }
    defer {
      unstaged = []
      unstagedBytes = 0
    }
    isStaging = true
    stagingCursor = unstaged.last { $0.resume != nil }?.resume
    nextStage = now.advanced(byMilliseconds: settings.stageMilliseconds)
    return [.stage(unstaged)]
  }

  /// Takes what a call brought forth: requests go out, the page waits for the store.
  /// - Parameter request: the one whose answer was fed; nil after `ask`.
  private mutating func take(
    _ answer: SessionAnswer, from request: OpenRequest?, now: HostInstant
  ) -> [SyncEffect] {
    statistics.pages += request == nil ? 0 : 1
    statistics.received += answer.batch.entries.count + answer.rejects.count
    statistics.rejected += answer.rejects.count
    statistics.add(answer.notes)
    isDone = answer.isDone
    let hasPage =
      !answer.batch.entries.isEmpty || !answer.rejects.isEmpty || !answer.ends.isEmpty
      || answer.resume != nil || answer.bookmark != nil
    // Asked and got nothing: it waits for an answer, so do not ask again before there is one.
    mayAsk = request != nil || (answer.requests.isEmpty && hasPage)
    if hasPage, canStage {
      unstaged.append(
        StagedPage(
          batch: answer.batch, rejects: answer.rejects, ends: answer.ends, resume: answer.resume,
          bookmark: answer.bookmark, resource: request?.resource ?? "", now: now))
      unstagedBytes += answer.batch.bytes.count
    }
    guard ending == nil else { return [] }
    return answer.requests.compactMap { request in
      let key = RequestKey(session: session, id: request.id)
      guard open[key] == nil else {
        end(
          with: HostError(
            .provider, "request-repeated",
            "The provider asked for request \(request.id) while it was still on its way",
            advice: "This is a bug of the provider: tell its vendor"))
        return nil
      }
      open[key] = OpenRequest(request: request)
      statistics.requests += 1
      return .send(
        SendAttempt(key: key, request: request, number: 1, notBefore: nil, wantsNewCredential: false))
    }
  }

  /// The session is gone, and with it all that it had on its way. What it had answered is stored first.
  private mutating func crashed(_ fault: ProviderFault) {
    statistics.crashes += 1
    open.removeAll()
    arrived.removeAll()
    if ending == nil { reopening = .crashed(fault) }
  }

  private mutating func fed(
    _ id: RequestKey, _ result: Result<SessionAnswer, ProviderFault>, now: HostInstant, random: () -> Double
  ) -> [SyncEffect] {
    guard let request = open[id] else { return [] }
    switch result {
    case .success(let answer):
      open[id] = nil
      budget.succeeded()
      return take(answer, from: request, now: now)
    case .failure(let fault) where fault.code == .crashed:
      crashed(fault)
      return []
    case .failure(let fault):
      let error = Self.error(for: fault, place: request.place)
      guard fault.repeatsRequest, ending == nil else {
        open[id] = nil
        end(with: error)
        return []
      }
      return retry(
        id, error, after: fault.retryAfterMilliseconds, wasTimeout: false, now: now, random: random)
    }
  }

  private mutating func exchanged(
    _ id: RequestKey, _ result: Result<HTTPResponse, TransportError>, now: HostInstant, random: () -> Double
  ) -> [SyncEffect] {
    guard let request = open[id] else { return [] }
    let verdict: ResponseVerdict
    switch result {
    case .success(let response):
      statistics.wireBytes += response.wireBytes
      verdict = .of(response, expecting: request.request.expect, place: request.place, now: now)
      if verdict == .deliver { arrived.append((id, response)) }
    case .failure(let error): verdict = .of(error, place: request.place)
    }
    switch verdict {
    case .deliver: return []
    case .unauthorized: return renewCredential(id)
    case .fail(let error):
      open[id] = nil
      end(with: error)
      return []
    case .retry(let error, let after, let wasTimeout):
      return retry(id, error, after: after, wasTimeout: wasTimeout, now: now, random: random)
    }
  }

  /// A 401 drops the token once a request; a second one means that the source refuses the credential
  /// (sis-apis.md 2.2, PS-Q05).
  private mutating func renewCredential(_ id: RequestKey) -> [SyncEffect] {
    guard var request = open[id], ending == nil else { return [] }
    guard !request.renewedCredential, request.request.sendsCredential else {
      open[id] = nil
      end(
        with: HostError(
          .authentication, "credential-refused",
          "\(request.place) was refused with status 401, also with a new token",
          advice: "Check the integration's credentials and rights in the SIS"))
      return []
    }
    request.renewedCredential = true
    open[id] = request
    statistics.requests += 1
    statistics.retries += 1
    return [
      .send(
        SendAttempt(
          key: id, request: request.request, number: request.attempts, notBefore: nil, wantsNewCredential: true))
    ]
  }

  private mutating func retry(
    _ id: RequestKey, _ error: HostError, after: Int64?, wasTimeout: Bool, now: HostInstant, random: () -> Double
  ) -> [SyncEffect] {
    guard var request = open[id], ending == nil else { return [] }
    let decision = settings.retry.decide(
      attempt: request.attempts, retryAfterMilliseconds: after,
      isRepeatable: request.request.isRepeatable, wasTimeout: wasTimeout, budget: &budget, now: now,
      random: random())
    switch decision {
    case .retry(let moment):
      request.attempts += 1
      open[id] = request
      statistics.requests += 1
      statistics.retries += 1
      return [
        .send(
          SendAttempt(
            key: id, request: request.request, number: request.attempts, notBefore: moment,
            wantsNewCredential: false))
      ]
    case .park(let until):
      open[id] = nil
      end(with: error)
      ending?.state = .interrupted
      ending?.resumeAt = until
      return []
    case .giveUp:
      let attempts = request.attempts
      open[id] = nil
      var final = error
      if attempts > 1 { final.message += " (\(attempts) attempts)" }
      end(with: final)
      return []
    }
  }

  /// The first reason is the one that counts. `losing`: the store failed, nothing more can be stored.
  private mutating func end(with error: HostError, losing: Bool = false, resumeAt: HostInstant? = nil) {
    if losing {
      canStage = false
      unstaged.removeAll()
    }
    if ending == nil || losing {
      ending = SyncConclusion(state: .failed, error: error, resumeAt: resumeAt)
    }
  }

  static func error(for fault: ProviderFault, place: String) -> HostError { HostError(fault, place: place) }
}
