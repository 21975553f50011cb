import HostModel
import ProviderRuntime
import Resilience

extension ProviderSupervisor {
  /// Takes up what has changed in the folders: a new file is tried, and only then put in the old one's place.
  ///
  /// - Parameters:
  ///   - found: the folders as they are now.
  ///   - id: only this provider; one that was disabled for its crashes gets another chance.
  ///   - trial: opens and closes a session on a new version, as its integrations would; throws why it will not do.
  func reload(
    _ found: ProviderRegistry, only id: String?,
    trial: @Sendable (ProviderLibrary.Inspection) async throws(HostError) -> Void
  ) async -> [ReloadOutcome] {
    refusals = found.entries.compactMap { RefusedProvider($0) }
    var outcomes: [ReloadOutcome] = []
    for provider in Set(registry.ids).union(found.ids).sorted() where id == nil || id == provider {
      let outcome = await reload(provider, found, trial: trial)
      if id != nil, outcome.result == .unchanged { forgive(provider) }
      outcomes.append(outcome)
    }
    if let id, outcomes.isEmpty {
      do { _ = try found.found(id, version: nil) } catch {
        outcomes = [ReloadOutcome(provider: id, version: "-", result: .refused(error))]
      }
    }
    return outcomes
  }

  private func reload(
    _ id: String, _ found: ProviderRegistry,
    trial: @Sendable (ProviderLibrary.Inspection) async throws(HostError) -> Void
  ) async -> ReloadOutcome {
    let old = registry.inspection(id)
    guard let new = found.inspection(id) else {
      let version = old?.manifest.version ?? "-"
      // A file that is there and is refused is a mistake; one that is not there is a decision.
      if let path = old?.path, let error = found.entries.first(where: { $0.path == path })?.refusal {
        return ReloadOutcome(provider: id, version: version, result: .refused(error))
      }
      replace(id, with: found, by: nil)
      return ReloadOutcome(provider: id, version: version, result: .removed)
    }
    if new.digest == old?.digest {
      replace(id, with: found, by: new)
      return ReloadOutcome(provider: id, version: new.manifest.version, result: .unchanged)
    }
    note(new, .verified)
    do throws(HostError) { try await trial(new) } catch {
      note(new, .failed(error))
      return ReloadOutcome(provider: id, version: old?.manifest.version ?? "-", result: .refused(error))
    }
    note(new, .loaded)
    replace(id, with: found, by: new)
    return ReloadOutcome(
      provider: id, version: new.manifest.version,
      result: old.map { .replaced(from: $0.manifest.version) } ?? .added)
  }

  /// The entries of one provider are those of `found` from now on; its runs are told.
  private func replace(_ id: String, with found: ProviderRegistry, by new: ProviderLibrary.Inspection?) {
    let others = registry.entries.filter { $0.inspection?.manifest.id != id }
    let own = found.entries.filter { $0.inspection?.manifest.id == id }
    registry = ProviderRegistry(entries: (others + own).sorted { $0.path < $1.path })
    let kept = Set(own.compactMap(\.inspection?.digest))
    for (digest, version) in versions where version.inspection.manifest.id == id && !kept.contains(digest) {
      guard version.state == .active || version.state == .loaded else { continue }
      versions[digest]?.state = version.sessions > 0 ? .draining : .gone
      versions[digest]?.since = clock.now
    }
    if let new {
      if versions[new.digest]?.state == .loaded { note(new, .active) }
      tellReplaced(id, by: new.digest)
    }
  }

  private func note(_ inspection: ProviderLibrary.Inspection, _ state: ProviderState) {
    var version = versions[inspection.digest] ?? Version(inspection: inspection, state: state, since: clock.now)
    (version.state, version.since) = (state, clock.now)
    versions[inspection.digest] = version
  }

  /// A disabled version may be tried again.
  private func forgive(_ id: String) {
    for (digest, version) in versions where version.inspection.manifest.id == id {
      guard case .failed = version.state else { continue }
      versions[digest]?.state = .active
      versions[digest]?.crashes = CrashBudget()
    }
  }

  /// Every version that is at hand or was in use, by id and version.
  func statuses() -> [ProviderStatus] {
    var all = versions
    for inspection in registry.entries.compactMap(\.inspection) where all[inspection.digest] == nil {
      all[inspection.digest] = Version(inspection: inspection, state: .verified, since: startedAt)
    }
    return all.values.map { version in
      ProviderStatus(
        description: ProviderDescription(version.inspection),
        state: version.state, since: version.since, sessions: version.sessions)
    }.sorted { ($0.description.id.rawValue, $0.description.version, $0.description.digest)
      < ($1.description.id.rawValue, $1.description.version, $1.description.digest) }
  }
}
