import HostModel
import OAuthCore
import ProviderRuntime
import Recordings
import Resilience
import SyncCore
import TokenVault

/// The whole host behind one front: what the executables call. It wires the parts and decides nothing that a
/// pure target could decide.
package final class Host: Sendable {
  package let config: HostConfig
  package let store: any SyncStore
  let admission: ProviderAdmission
  package let supervisor: ProviderSupervisor
  private let transport: any Transport
  let clock: any HostClock
  private let secrets: SecretResolver
  private let gate: RequestGate
  private let broker: TokenBroker

  package init(
    config: HostConfig, store: any SyncStore & ProviderPinStore, registry: ProviderRegistry,
    transport: any Transport, clock: any HostClock, environment: [String: String]
  ) {
    self.config = config
    self.store = store
    admission = ProviderAdmission(trust: Self.policy(config), store: store)
    supervisor = ProviderSupervisor(registry: registry, opener: SessionOpener(), clock: clock)
    self.transport = transport
    self.clock = clock
    secrets = SecretResolver(folder: config.folder, environment: environment)
    gate = RequestGate(clock: clock)
    broker = TokenBroker(transport: transport, clock: clock)
  }

  /// The integrations meant by these names; all enabled ones where there are none.
  ///
  /// - Throws: a `HostError` with the nearest known name.
  package static func integrations(
    _ names: [String], of config: HostConfig
  ) throws(HostError) -> [IntegrationConfig] {
    if names.isEmpty { return config.integrations.filter(\.isEnabled) }
    var found: [IntegrationConfig] = []
    for name in names {
      guard let integration = config.integration(name) else {
        let known = config.integrations.map(\.id.rawValue)
        let nearest = Suggestion.nearest(to: name, among: known).map { "Did you mean \($0)?" }
        let list =
          known.isEmpty ? "The config has none yet" : "The config has \(known.joined(separator: ", "))"
        throw HostError(
          .configuration, "integration-unknown", "There is no integration \"\(name)\" in \(config.file)",
          advice: nearest ?? list)
      }
      if !found.contains(where: { $0.id == integration.id }) { found.append(integration) }
    }
    return found
  }

  /// Checks a config against its providers' manifests and its secrets, without running anything.
  ///
  /// - Throws: everything that is wrong with it.
  package static func check(_ config: HostConfig, environment: [String: String]) throws(ConfigError) {
    let problems = ConfigAudit(
      config: config, registry: registry(config),
      secrets: SecretResolver(folder: config.folder, environment: environment)
    ).problems()
    guard problems.isEmpty else { throw ConfigError(problems: problems) }
  }

  /// Runs one integration to its end. `full` begins anew and reads everything, also where an interrupted
  /// run could be taken up; so does a run whose place proves to be unreadable, as a second run. Cancelling the task stops it: what was answered is stored.
  ///
  /// - Parameter recorder: keeps the run's exchanges.
  /// - Throws: a `HostError` where no run was begun; afterwards the report says how it ended.
  package func sync(
    _ integration: IntegrationConfig, full: Bool, isDryRun: Bool, recorder: RunRecorder? = nil,
    progress: @escaping @Sendable (SyncProgress) -> Void
  ) async throws(HostError) -> SyncReport {
    guard integration.isEnabled else {
      throw HostError(
        .configuration, "integration-disabled", "The integration \(integration.id) is disabled",
        advice: "Set enabled: true in \(config.file)")
    }
    try await admission.checkRevocations(now: clock.now)
    let setup: IntegrationSetup
    do { setup = try await audit().setup(integration) } catch { throw HostError(error) }
    let provider = try await supervisor.current(
      integration.provider.rawValue, version: integration.providerVersion)
    try await admission.enter(
      provider, integration.isolation, named: integration.providerVersion, now: clock.now)
    await register(integration, setup)
    let maxInFlight = integration.maxInFlight ?? setup.provider.maxInFlight
    let (opening, session, source) = try await begin(
      integration, provider, options: setup.options, maxInFlight: maxInFlight,
      mode: full || !setup.provider.modes.contains(.delta) ? .full : .delta, isDryRun: isDryRun,
      startsAnew: full)
    await recorder?.begin(
      await source.opening, provider: provider.manifest.id, version: provider.manifest.version,
      digest: provider.digest)
    let performer = RequestPerformer(
      integration: integration.id, baseURL: integration.baseURL,
      allowedHosts: setup.provider.allowedHosts, limits: .standard, secrets: setup.secrets, gate: gate,
      broker: broker,
      transport: transport, clock: clock, recorder: recorder)
    let runner = IntegrationRunner(
      opening: opening, session: session, provider: source, store: store, performer: performer,
      settings: SyncRun.Settings(maxInFlight: maxInFlight), limits: integration.limits, isDryRun: isDryRun,
      clock: clock, progress: progress)
    let report = await runner.perform()
    await source.end()
    guard report.error?.code == HostError.cursorUnreadable, !full else { return report }
    // Only the source's answer showed that it has forgotten the place. Without this the integration would fail
    // of it every night.
    return try await sync(integration, full: true, isDryRun: isDryRun, progress: progress)
  }

  /// The config against the providers that are in use now.
  func audit() async -> ConfigAudit {
    ConfigAudit(config: config, registry: await supervisor.registry, secrets: secrets)
  }

  /// Begins or takes up a run and opens the session on it. A cursor that the provider cannot read any more,
  /// and a delta without anything to start from, lead to a full read.
  private func begin(
    _ integration: IntegrationConfig, _ provider: ProviderLibrary.Inspection, options: [UInt8],
    maxInFlight: Int,
    mode: SyncMode, isDryRun: Bool, startsAnew: Bool
  ) async throws(HostError) -> (RunOpening, any ProviderSession, ProviderRun) {
    var mode = mode
    var startsAnew = startsAnew
    var mayStartOver = true
    while true {
      let request = RunRequest(
        integration: integration.id, provider: integration.provider,
        providerVersion: provider.manifest.version, mode: mode, isDryRun: isDryRun,
        startsAnew: startsAnew, now: clock.now)
      let opening: RunOpening
      do { opening = try await store.begin(request) } catch { throw HostError(error) }
      if mode == .delta, opening.cursor == nil, opening.bookmark == nil {
        try await end(opening, .interrupted, nil, keepsStaged: false)
        mode = .full
        continue
      }
      let source = ProviderRun(
        supervisor, integration, provider,
        opening: SessionOpening(
          mode: mode, config: options, cursor: opening.cursor, bookmark: opening.bookmark,
          maxInFlight: maxInFlight, pageSize: integration.pageSize ?? 0, now: clock.now, seed: clock.seed),
        admission: admission, clock: clock)
      do {
        return (opening, try await source.first(), source)
      } catch {
        if error.code == .crashed {
          do { return (opening, try await source.reopen(at: opening.cursor, because: .crashed(error)), source) } catch {
            try await end(opening, .failed, error, keepsStaged: true)
            throw error
          }
        }
        let failure = HostError(error, place: "opening the provider \(integration.provider)")
        let startsOver = error.code == .cursor && mayStartOver
        try await end(opening, startsOver ? .interrupted : .failed, failure, keepsStaged: !startsOver)
        guard startsOver else { throw failure }
        mayStartOver = false
        startsAnew = true
        mode = .full
      }
    }
  }

  func end(
    _ opening: RunOpening, _ state: RunState, _ error: HostError?, keepsStaged: Bool
  ) async throws(HostError) {
    do {
      try await store.end(run: opening, state: state, error: error, keepsStaged: keepsStaged, now: clock.now)
    } catch { throw HostError(error) }
  }

  private func register(
    _ integration: IntegrationConfig, _ setup: IntegrationSetup
  ) async {
    let rate = integration.rateLimit
    await gate.register(
      integration.id,
      limiter: RateLimiter(
        perMinute: rate?.perMinute ?? setup.provider.perMinute, burst: rate?.burst ?? 1,
        minIntervalMilliseconds: rate?.minIntervalMilliseconds ?? setup.provider.minIntervalMilliseconds),
      breaker: CircuitBreaker(openMilliseconds: Int64(integration.breakerOpenSeconds) * 1_000))
    await broker.register(integration.id, scheme: setup.scheme)
  }
}
