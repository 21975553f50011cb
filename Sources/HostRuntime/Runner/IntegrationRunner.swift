import HostModel
import Resilience
import SyncCore

/// Drives one run of one integration: performs the effects of `SyncRun`, each as a child task, and hands it
/// what happened. It decides nothing itself.
package actor IntegrationRunner {
  private let opening: RunOpening
  private let provider: any SessionSource
  private let store: any SyncStore
  private let performer: any AttemptPerformer
  private let limits: GuardLimits
  private let isDryRun: Bool
  private let clock: any HostClock
  private let progress: @Sendable (SyncProgress) -> Void
  private let startedAt: HostInstant

  private var session: any ProviderSession
  private var run: SyncRun
  private var grants: [RequestKey: Int] = [:]
  private var waits: (reason: GateState.Reason, until: HostInstant)?

  /// - Parameter session: opened where `opening` says.
  init(
    opening: RunOpening, session: any ProviderSession, provider: any SessionSource, store: any SyncStore,
    performer: any AttemptPerformer,
    settings: SyncRun.Settings, limits: GuardLimits, isDryRun: Bool, clock: any HostClock,
    progress: @escaping @Sendable (SyncProgress) -> Void
  ) {
    self.opening = opening
    self.session = session
    self.provider = provider
    self.store = store
    self.performer = performer
    self.limits = limits
    self.isDryRun = isDryRun
    self.clock = clock
    self.progress = progress
    startedAt = clock.now
    run = SyncRun(settings: settings, cursor: opening.cursor)
  }

  /// Runs to the end. Cancelling the task stops the run: what was answered is stored, the rest waits.
  package func perform() async -> SyncReport {
    await withTaskExecutorPreference(RunExecutor("run \(opening.id)")) { await drive() }
  }

  private func drive() async -> SyncReport {
    let conclusion = await withTaskGroup(of: SyncEvent?.self) { group -> SyncConclusion in
      // Besides the effects, for as long as the run lasts.
      group.addTask { [provider] in await provider.replacement() ? .replaced : nil }
      var (effects, underWay) = (run.start(now: clock.now), 0)
      var isStopping = false
      while true {
        for effect in effects {
          if case .finish(let conclusion) = effect {
            group.cancelAll()
            return conclusion
          }
          start(effect, in: &group)
          underWay += 1
        }
        guard underWay > 0, let next = await group.next() else { return Self.stuck }
        effects = []
        // First, so that what a cancelled exchange reports is not taken for the reason.
        if Task.isCancelled, !isStopping {
          isStopping = true
          effects = run.handle(.stopped, now: clock.now, random: clock.random)
        }
        guard let event = next else { continue }
        if case .replaced = event {
          group.addTask { [provider] in await provider.replacement() ? .replaced : nil }
        } else {
          underWay -= 1
        }
        // Whoever was fed is not sent again with a newer token.
        if case .fed(let id, _) = event { grants[id] = nil }
        effects += run.handle(event, now: clock.now, random: clock.random)
        report()
      }
    }
    await session.close()
    return await conclude(conclusion)
  }

  private static let stuck = SyncConclusion(
    state: .failed,
    error: HostError(
      .unknown, "run-stuck", "The run had nothing left to wait for",
      advice: "This is a bug of Homeroom: report it with the run's number"))

  private func start(_ effect: SyncEffect, in group: inout TaskGroup<SyncEvent?>) {
    switch effect {
    case .ask(let grant):
      group.addTask { [session, clock] in
        await .asked(Self.outcome { () async throws(ProviderFault) in
          try await session.next(grant: grant, now: clock.now)
        })
      }
    case .feed(let id, let response, let grant):
      group.addTask { [session, clock] in
        await .fed(requestID: id, Self.outcome { () async throws(ProviderFault) in
          try await session.feed(id.id, response, grant: grant, now: clock.now)
        })
      }
    case .send(let attempt):
      let lastGrant = grants[attempt.key]
      group.addTask { [performer] in
        let attempted = await performer.perform(attempt, lastGrant: lastGrant) { reason, until in
          Task { await self.isWaiting(reason, until) }
        }
        await self.remember(attempted.grantGeneration, for: attempt.key)
        return attempted.event
      }
    case .stage(let pages):
      // Storing what is in hand is not to be cut short by a stop: it is one short transaction.
      group.addTask { [store, opening] in
        await .staged(Self.outcome { () async throws(StoreError) in
          try await store.stage(pages, run: opening)
        })
      }
    case .pause(let moment):
      group.addTask { [clock] in
        // Cut short by a stop, which stores what waits.
        try? await clock.sleep(until: moment)
        return .paused
      }
    case .publish:
      group.addTask { [store, opening, limits, clock, isDryRun] in
        await .published(Self.outcome { () async throws(StoreError) in
          try await store.publish(run: opening, limits: limits, now: clock.now, dryRun: isDryRun)
        })
      }
    case .reopen(let cursor, let reason):
      group.addTask { await .reopened(self.reopen(at: cursor, because: reason)) }
    case .finish: break
    }
  }

  private func reopen(at cursor: Cursor?, because reason: ReopenReason) async -> Result<Void, HostError> {
    await session.close()
    do throws(HostError) {
      session = try await provider.reopen(at: cursor, because: reason)
      return .success(())
    } catch { return .failure(error) }
  }

  private static func outcome<Value, Failure: Error>(
    _ body: () async throws(Failure) -> Value
  ) async -> Result<Value, Failure> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }

  private func remember(_ generation: Int?, for id: RequestKey) {
    if let generation { grants[id] = generation } else { grants[id] = nil }
  }

  private func isWaiting(_ reason: GateState.Reason, _ until: HostInstant) {
    waits = (reason, until)
    report()
  }

  private func report() {
    let now = clock.now
    var waiting: String?
    if let waits, now < waits.until {
      waiting = "\(waits.reason.rawValue), \((now.milliseconds(until: waits.until) + 999) / 1000) s"
    }
    progress(
      SyncProgress(
        phase: run.isPublishing ? "publishing" : "reading", received: run.statistics.received,
        pages: run.statistics.pages, requests: run.statistics.requests,
        elapsedMilliseconds: startedAt.milliseconds(until: now), waiting: waiting))
  }

  /// A published, held or planned run has been ended by the store; every other one is ended here.
  private func conclude(_ conclusion: SyncConclusion) async -> SyncReport {
    var error = conclusion.error
    if conclusion.outcome == nil {
      do {
        try await store.end(
          run: opening, state: conclusion.state, error: error, keepsStaged: true, now: clock.now)
      } catch let failure {
        // The store's failure is what the run failed of, unless it had one already.
        error = error ?? HostError(failure)
      }
    }
    return SyncReport(
      run: opening.id, state: conclusion.state, tallies: conclusion.outcome?.tallies ?? [:],
      findings: conclusion.outcome?.findings ?? [], statistics: run.statistics,
      elapsedMilliseconds: startedAt.milliseconds(until: clock.now), error: error,
      resumeAt: conclusion.resumeAt, isResumed: opening.isResumed)
  }
}
