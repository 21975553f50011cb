import HostModel
import ProviderRuntime
import Recordings
import SQLiteStore
import SyncCore

extension Host {
  /// Runs a recording again, without a network, a token or a secret: the provider is opened as it was then,
  /// and gets the answers that it got then.
  ///
  /// - Parameter config: with the database that takes the roster.
  /// - Throws: a `HostError` where no run was begun; afterwards the report says how it ended.
  package static func replay(
    _ recording: Recording, as integration: IntegrationConfig, _ config: HostConfig,
    progress: @escaping @Sendable (SyncProgress) -> Void
  ) async throws(HostError) -> SyncReport {
    let header = recording.header
    guard header.provider == integration.provider.rawValue else {
      throw HostError(
        .configuration, "replay-provider",
        "The recording \(recording.name) is of the provider \(header.provider); "
          + "\(integration.id) uses \(integration.provider)",
        advice: "Name an integration of \(header.provider)")
    }
    let store: RosterStore
    do { store = try RosterStore(path: config.database) } catch { throw HostError(error) }
    let clock = ReplayClock(header.opening.now, seed: header.opening.seed)
    let host = Host(
      config: config, store: store, registry: registry(config),
      transport: NoNetwork(),
      clock: clock, environment: [:])
    return try await host.replay(
      header.opening, as: integration, try ReplayPerformer(recording, clock: clock), progress: progress)
  }

  private func replay(
    _ recorded: SessionOpening, as integration: IntegrationConfig, _ performer: ReplayPerformer,
    progress: @escaping @Sendable (SyncProgress) -> Void
  ) async throws(HostError) -> SyncReport {
    let provider = try await supervisor.current(
      integration.provider.rawValue, version: integration.providerVersion)
    try await admission.check(provider, integration.isolation, named: integration.providerVersion)
    let opening: RunOpening
    do {
      opening = try await store.begin(
        RunRequest(
          integration: integration.id, provider: integration.provider,
          providerVersion: provider.manifest.version,
          mode: recorded.mode, startsAnew: true, now: clock.now))
    } catch { throw HostError(error) }
    let source = ProviderRun(supervisor, integration, provider, opening: recorded, admission: admission, clock: clock)
    let session: any ProviderSession
    do { session = try await source.first() } catch {
      let failure = HostError(error, place: "opening the provider \(integration.provider)")
      try await end(opening, .failed, failure, keepsStaged: false)
      throw failure
    }
    let runner = IntegrationRunner(
      opening: opening, session: session, provider: source, store: store, performer: performer,
      settings: SyncRun.Settings(maxInFlight: recorded.maxInFlight), limits: integration.limits,
      isDryRun: false,
      clock: clock, progress: progress)
    let report = await runner.perform()
    await source.end()
    return report
  }
}
