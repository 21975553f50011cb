import HostModel

/// The state in which a run ends or stands.
package enum RunState: String, Sendable, CaseIterable {
  case running
  /// The process ended before the run did; the next run goes on from its cursor.
  case interrupted
  /// Applied: readers see it.
  case published
  /// Read, but a guard wants a person to look before anything is applied.
  case held
  case failed
  /// A dry run: the plan was shown, nothing was applied.
  case planned
}

/// What a run is to do.
package struct RunRequest: Sendable {
  package var integration: IntegrationID
  package var provider: ProviderID
  package var providerVersion: String
  package var mode: SyncMode
  package var isDryRun: Bool
  /// Throw away what an interrupted run left, and begin anew.
  package var startsAnew: Bool
  package var now: HostInstant

  package init(
    integration: IntegrationID, provider: ProviderID, providerVersion: String, mode: SyncMode,
    isDryRun: Bool = false, startsAnew: Bool = false, now: HostInstant
  ) {
    self.integration = integration
    self.provider = provider
    self.providerVersion = providerVersion
    self.mode = mode
    self.isDryRun = isDryRun
    self.startsAnew = startsAnew
    self.now = now
  }
}

/// A run that was begun, or taken up again where it was interrupted.
package struct RunOpening: Sendable {
  package var id: RunID
  /// The fence: every later write of this run carries it and is refused if another host took over.
  package var generation: Int64
  package var isResumed: Bool
  package var cursor: Cursor?
  package var bookmark: Cursor?
  /// Pages that were already staged by the interrupted run.
  package var pagesStaged: Int

  package init(
    id: RunID, generation: Int64, isResumed: Bool, cursor: Cursor?, bookmark: Cursor?, pagesStaged: Int
  ) {
    self.id = id
    self.generation = generation
    self.isResumed = isResumed
    self.cursor = cursor
    self.bookmark = bookmark
    self.pagesStaged = pagesStaged
  }
}

/// One provider answer on its way to the store: records, rejects, ends and cursor go in one transaction.
package struct StagedPage: Sendable {
  package var batch: RecordBatch
  package var rejects: [RecordReject]
  package var ends: [StreamEnd]
  package var resume: Cursor?
  package var bookmark: Cursor?
  /// What the page came from, for the audit line; empty for an answer of `next`.
  package var resource: String
  package var now: HostInstant

  package init(
    batch: RecordBatch, rejects: [RecordReject] = [], ends: [StreamEnd] = [], resume: Cursor? = nil,
    bookmark: Cursor? = nil, resource: String = "", now: HostInstant
  ) {
    self.batch = batch
    self.rejects = rejects
    self.ends = ends
    self.resume = resume
    self.bookmark = bookmark
    self.resource = resource
    self.now = now
  }
}

/// What happened to the records of one kind in one run. The sums add up:
/// `received = accepted + repeated + rejected` and
/// `accepted = inserted + updated + unchanged + restored`.
package struct KindTally: Sendable, Equatable {
  package var received = 0
  package var repeated = 0
  package var rejected = 0
  package var inserted = 0
  package var updated = 0
  package var unchanged = 0
  package var restored = 0
  package var removed = 0
  package init() {}
  package var accepted: Int { inserted + updated + unchanged + restored }
  package var changes: Int { inserted + updated + restored + removed }
}

/// Why a guard stopped a publish.
package struct GuardFinding: Sendable, Equatable {
  package var kind: RecordKind
  /// In words, with the figures: "removes 1,204 of 10,000 users (12.0 %); the limit is 10 %".
  package var reason: String
  package init(kind: RecordKind, reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

/// The limits above which a person must look first (design.md section 7; reliability.md 3.8).
package struct GuardLimits: Sendable, Equatable {
  /// Removals above this share of the live records of a kind, and above `removedFloor`, are held.
  package var removedShare: Double = 0.10
  package var removedFloor: Int = 10
  /// Updates above this share are held, where at least `updatedFloor` records live.
  package var updatedShare: Double = 0.75
  package var updatedFloor: Int = 100
  package init() {}

  /// Nothing is held: a person has looked.
  package static let none: GuardLimits = {
    var limits = GuardLimits()
    limits.removedShare = 1
    limits.updatedShare = 1
    return limits
  }()
}

/// What publishing came to.
package struct PublishOutcome: Sendable, Equatable {
  package var state: RunState
  package var tallies: [RecordKind: KindTally]
  package var findings: [GuardFinding]
  package init(state: RunState, tallies: [RecordKind: KindTally], findings: [GuardFinding] = []) {
    self.state = state
    self.tallies = tallies
    self.findings = findings
  }
}

/// The durable side of a run. Each function is one short transaction; none is called inside another.
package protocol SyncStore: Sendable {
  /// Begins a run, or takes up the interrupted one of the same integration, provider and mode.
  func begin(_ request: RunRequest) async throws(StoreError) -> RunOpening
  /// Where the interrupted or running run of an integration stands; nil where there is none.
  func cursor(of integration: IntegrationID) async throws(StoreError) -> Cursor?
  /// Stages pages in the order in which they were answered, each with its cursor and its audit line, all or none.
  /// Answers how many records it staged as changed.
  func stage(_ pages: [StagedPage], run: RunOpening) async throws(StoreError) -> Int
  /// Diffs what was staged against what is live, asks the guard, and applies: readers see all of it or
  /// nothing. With `dryRun` nothing is written.
  func publish(run: RunOpening, limits: GuardLimits, now: HostInstant, dryRun: Bool)
    async throws(StoreError) -> PublishOutcome
  /// Ends a run that was not published, with its reason. What was staged stays for the next run to go on
  /// from if `keepsStaged`, and is thrown away otherwise.
  func end(run: RunOpening, state: RunState, error: HostError?, keepsStaged: Bool, now: HostInstant)
    async throws(StoreError)
}

extension SyncStore {
  /// Stages one page.
  package func stage(_ page: StagedPage, run: RunOpening) async throws(StoreError) -> Int {
    try await stage([page], run: run)
  }
}
