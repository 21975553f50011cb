import HostModel
import ProviderRuntime
import SyncCore

extension Host {
  /// Takes up what has changed in the provider folders; only this provider where one is named.
  package func reload(_ id: String?) async -> [ReloadOutcome] {
    await supervisor.reload(Self.registry(config), only: id) {
      [self] (inspection) async throws(HostError) in try await trial(inspection)
    }
  }

  /// How the providers stand that are at hand or were in use, and which files were refused.
  package func providerStatuses() async -> (statuses: [ProviderStatus], refused: [RefusedProvider]) {
    await (supervisor.statuses(), supervisor.refusals)
  }

  /// Opens a session on a new version as each integration of it would, where its run stands, lets it ask once, and
  /// closes it. Nothing is sent.
  private func trial(_ provider: ProviderLibrary.Inspection) async throws(HostError) {
    try await admission.checkRevocations(now: clock.now)
    let users = config.integrations.filter {
      $0.isEnabled && $0.provider.rawValue == provider.manifest.id
        && ($0.providerVersion ?? provider.manifest.version) == provider.manifest.version
    }
    for integration in users {
      try await admission.check(provider, integration.isolation, named: integration.providerVersion)
      let setup: IntegrationSetup
      do { setup = try await audit().setup(integration, on: provider) } catch { throw HostError(error) }
      var cursor = try await storedCursor(integration)
      let place = "trying \(provider.manifest.id) \(provider.manifest.version) for \(integration.id)"
      while true {
        let opening = SessionOpening(
          config: setup.options, cursor: cursor,
          maxInFlight: integration.maxInFlight ?? setup.provider.maxInFlight,
          pageSize: integration.pageSize ?? 0, now: clock.now, seed: clock.seed)
        do {
          let session = try await supervisor.open(provider, integration, opening)
          let answer: Result<SessionAnswer, ProviderFault>
          do { answer = .success(try await session.next(grant: 1, now: clock.now)) } catch {
            answer = .failure(error)
          }
          await session.close()
          await supervisor.closed(provider.digest)
          _ = try answer.get()
          break
        } catch {
          // It begins anew where the old cursor ends: a full read, which is what the run will do, too.
          guard error.code == .cursor, cursor != nil else { throw HostError(error, place: place) }
          cursor = nil
        }
      }
    }
  }

  private func storedCursor(_ integration: IntegrationConfig) async throws(HostError) -> Cursor? {
    do { return try await store.cursor(of: integration.id) } catch { throw HostError(error) }
  }
}
