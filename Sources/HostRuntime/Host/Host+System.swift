import CurlTransport
import HostModel
import ProviderRuntime
import SyncCore

extension Host {
  /// The host on this machine: its database, its providers' folders, libcurl, the real clock.
  package static func open(
    _ config: HostConfig, environment: [String: String]
  ) async throws(HostError) -> Host {
    let transport: CurlTransport
    do { transport = try CurlTransport() } catch {
      throw HostError(
        .network, "transport", "libcurl cannot be used: \(error.context)", advice: "Install libcurl 7.88 or newer")
    }
    return Host(
      config: config, store: try openStore(config), registry: ProviderRegistry(folders: config.providers),
      transport: transport, clock: SystemHostClock(), environment: environment)
  }

  static func openStore(_ config: HostConfig) throws(HostError) -> any HostStore {
    // SQLiteStore's type is not on this branch yet; HostStore says what it is to offer.
    throw HostError(
      .storage, "incomplete-build", "This build of Homeroom has no database yet",
      advice: "Build it from the main branch")
  }
}
