import HostModel
import ProviderRuntime
import SyncCore

/// The provider's side of one run: opens its sessions, the first and those after a crash or a replacement.
actor ProviderRun: SessionSource {
  private let supervisor: ProviderSupervisor
  private let integration: IntegrationConfig
  /// Everything but where to begin.
  private(set) var opening: SessionOpening
  private let admission: ProviderAdmission
  private let clock: any HostClock
  private(set) var provider: ProviderLibrary.Inspection
  private var isOpen = false

  init(
    _ supervisor: ProviderSupervisor, _ integration: IntegrationConfig, _ provider: ProviderLibrary.Inspection,
    opening: SessionOpening, admission: ProviderAdmission, clock: any HostClock
  ) {
    self.supervisor = supervisor
    self.integration = integration
    self.provider = provider
    self.opening = opening
    self.admission = admission
    self.clock = clock
  }

  /// The first session, where `opening` says.
  func first() async throws(ProviderFault) -> any ProviderSession {
    let session = try await supervisor.open(provider, integration, opening)
    isOpen = true
    return session
  }

  /// The run is over.
  func end() async {
    if isOpen { await supervisor.closed(provider.digest) }
    isOpen = false
  }

  func replacement() async -> Bool { await supervisor.replacement(of: provider) }

  func reopen(at cursor: Cursor?, because reason: ReopenReason) async throws(HostError) -> any ProviderSession {
    await end()
    if case .crashed(let fault) = reason { try await supervisor.crashed(provider, fault) }
    opening.cursor = cursor
    while true {
      let next = try await supervisor.current(integration.provider.rawValue, version: integration.providerVersion)
      if next.digest != provider.digest {
        try await admission.enter(next, integration.isolation, named: integration.providerVersion, now: clock.now)
      }
      provider = next
      opening.now = clock.now
      do {
        return try await first()
      } catch {
        switch error.code {
        case .crashed: try await supervisor.crashed(provider, error)
        // The new version does not read the old one's cursor: it reads all that this run is to read again.
        case .cursor where opening.cursor != nil: opening.cursor = nil
        default: throw HostError(error, place: "opening the provider \(integration.provider)")
        }
      }
    }
  }
}
