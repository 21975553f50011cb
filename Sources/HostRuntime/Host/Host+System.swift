import CurlTransport
import HostModel
import ProviderRuntime
import SQLiteStore
import SyncCore

extension Host {
  /// The host on this machine: its database, its providers' folders, libcurl, the real clock.
  package static func open(
    _ config: HostConfig, environment: [String: String]
  ) async throws(HostError) -> Host {
    let transport: CurlTransport
    do { transport = try CurlTransport() } catch {
      throw HostError(
        .network, "transport", "libcurl cannot be used: \(error.context)",
        advice: "Install libcurl 7.88 or newer")
    }
    let store: RosterStore
    do { store = try RosterStore(path: config.database) } catch { throw HostError(error) }
    return Host(
      config: config, store: store, registry: registry(config), transport: transport,
      clock: SystemHostClock(),
      environment: environment)
  }
}
