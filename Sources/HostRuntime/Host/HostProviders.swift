import HostModel
import SyncCore

/// What the host needs of the place where providers are: found, checked and loaded by ProviderRuntime.
package protocol HostProviders: Sendable {
  /// Every usable provider, by id, then version.
  var all: [ProviderDescription] { get }
  /// Why other files in the folders were not taken.
  var refused: [HostError] { get }
  /// - Parameter version: nil: the newest.
  func find(_ id: ProviderID, version: String?) throws(HostError) -> any HostProvider
}

/// One loaded provider.
package protocol HostProvider: Sendable {
  var description: ProviderDescription { get }
  /// Checks an integration's options against the provider's schema and fills in its defaults.
  func checkedOptions(_ json: String) throws(HostError) -> [UInt8]
  func open(_ opening: SessionOpening) async throws(ProviderFault) -> any ProviderSession
}
