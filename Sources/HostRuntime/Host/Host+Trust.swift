import HostModel
import HostPlatform
import ProviderRuntime
import SQLiteStore
import SyncCore

extension Host {
  /// What a config's providers are held against, but for the pins. The clock is read whenever something is.
  static func policy(_ config: HostConfig) -> TrustContext {
    let clock = SystemClock()
    return TrustContext(config.trust) { clock.now }
  }

  /// The same with the pins as they are now.
  static func trust(_ config: HostConfig) -> TrustContext {
    let trust = policy(config)
    // Without a database nothing was used before; one that cannot be read says so wherever it is needed.
    guard config.trust != nil, let pins = try? pins(config) else { return trust }
    return trust.pinning(pins)
  }

  /// The provider folders as they are now.
  package static func registry(_ config: HostConfig) -> ProviderRegistry {
    ProviderRegistry(folders: config.providers, trust: trust(config))
  }

  /// Moves a provider's pin to the file that is at hand, although it is of a lower version, or signed by others.
  ///
  /// - Parameters:
  ///   - version: the newest at hand if nil.
  ///   - actor: for the audit.
  /// - Throws: why the file must not be used at all, or a change that is not allowed.
  package static func pin(
    _ id: String, version: String?, allowing: Set<ProviderPin.Change>, actor: String, _ config: HostConfig
  ) async throws(HostError) -> ProviderPin {
    let inspection = try registry(config).found(id, version: version)
    let store: RosterStore
    do { store = try RosterStore(path: config.database) } catch { throw HostError(error) }
    let admission = ProviderAdmission(trust: policy(config), store: store, allowing: allowing, actor: actor)
    let now = SystemClock().now
    try await admission.checkRevocations(now: now)
    try await admission.enter(inspection, .process, named: nil, now: now)
    let pins: [ProviderPin]
    do { pins = try await store.pins() } catch { throw HostError(error) }
    guard let pin = pins.first(where: { $0.provider.rawValue == id }) else {
      throw HostError(
        .storage, "pin-missing", "\(config.database) has lost the pin of \(id)", advice: "Try again")
    }
    return pin
  }

  /// Every pin; none where there is no database yet.
  package static func pins(_ config: HostConfig) throws(HostError) -> [ProviderPin] {
    do { return try RosterReader(path: config.database).pins() } catch {
      guard error.code == .notFound else { throw HostError(error) }
      return []
    }
  }
}
