import HostModel
import ProviderRuntime
import Resilience
import SyncCore

/// Keeps the providers that are in use: which version new sessions are opened on, how often each has died, and who
/// must go on with another one after a reload.
///
/// A version is known by the SHA-256 of its file. A crash, or a replacement that fails its checks, concerns its own
/// version and nobody else.
package actor ProviderSupervisor {
  /// One version that is or was in use.
  struct Version {
    var inspection: ProviderLibrary.Inspection
    var state: ProviderState
    var since: HostInstant
    var sessions = 0
    var crashes = CrashBudget()
  }

  typealias Digest = String

  /// A run that is to be told when its provider is replaced.
  struct Waiter {
    var provider: String
    var digest: Digest
    var resume: CheckedContinuation<Bool, Never>
  }

  let clock: any HostClock
  let startedAt: HostInstant
  var registry: ProviderRegistry
  /// Files that the last look at the folders refused.
  var refusals: [RefusedProvider]
  let opener: SessionOpener
  var versions: [Digest: Version] = [:]
  var waiting: [Int: Waiter] = [:]
  var lastWaiter = 0

  init(registry: ProviderRegistry, opener: SessionOpener, clock: any HostClock) {
    self.registry = registry
    refusals = registry.entries.compactMap { RefusedProvider($0) }
    self.opener = opener
    self.clock = clock
    startedAt = clock.now
  }

  /// The version on which a new session of this provider is to be opened.
  ///
  /// - Throws: `provider-unknown`, or `provider-disabled` with the reason.
  func current(_ id: String, version: String?) throws(HostError) -> ProviderLibrary.Inspection {
    let found = try registry.found(id, version: version)
    if case .failed(let reason) = versions[found.digest]?.state { throw reason }
    return found
  }

  /// Opens a session on a version that `current` answered.
  func open(
    _ inspection: ProviderLibrary.Inspection, _ integration: IntegrationConfig, _ opening: SessionOpening
  ) async throws(ProviderFault) -> any ProviderSession {
    let session = try await opener.open(inspection, integration, opening)
    var version = versions[inspection.digest]
      ?? Version(inspection: inspection, state: .active, since: clock.now)
    version.sessions += 1
    versions[inspection.digest] = version
    return session
  }

  /// Did a reload put another version in this one's place?
  func isReplaced(_ digest: Digest) -> Bool {
    switch versions[digest]?.state {
    case .draining, .gone: true
    default: false
    }
  }

  /// A session of this version is closed.
  func closed(_ digest: Digest) async {
    guard var version = versions[digest] else { return }
    version.sessions -= 1
    if version.sessions == 0, version.state == .draining { (version.state, version.since) = (.gone, clock.now) }
    versions[digest] = version
    if version.state == .gone { await opener.forget(digest) }
  }

  /// A session of this version died. Waits as long as it is to be left alone.
  ///
  /// - Throws: `provider-disabled` where it died too often; the reason stays until another file takes its place.
  func crashed(_ inspection: ProviderLibrary.Inspection, _ fault: ProviderFault) async throws(HostError) {
    let digest = inspection.digest
    var version = versions[digest] ?? Version(inspection: inspection, state: .active, since: clock.now)
    let decision = version.crashes.record(now: clock.now)
    switch decision {
    case .restart(let pause):
      versions[digest] = version
      guard pause > 0 else { return }
      do { try await clock.sleep(until: clock.now.advanced(byMilliseconds: pause)) } catch {
        throw HostError(.unknown, "stopped", "The run was stopped before its end", isRetryable: true)
      }
    case .disable(let crashes):
      let manifest = version.inspection.manifest
      let reason = HostError(
        .provider, "provider-disabled",
        "The provider \(manifest.id) \(manifest.version) died \(crashes) times within ten minutes and is disabled; "
          + "the last time \(fault.message)",
        advice: "Install a mended version of \(version.inspection.path), and then: homeroom providers reload \(manifest.id)")
      (version.state, version.since) = (.failed(reason), clock.now)
      versions[digest] = version
      throw reason
    }
  }
}
