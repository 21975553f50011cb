import HostModel
import ProviderRuntime
import SyncCore

/// Opens a session where the integration wants it to run.
struct SessionOpener: Sendable {
  func open(
    _ provider: ProviderLibrary.Inspection, _ registry: ProviderRegistry, _ isolation: Isolation,
    _ opening: SessionOpening
  ) async throws(ProviderFault) -> any ProviderSession {
    let library: ProviderLibrary
    do {
      library = try registry.library(provider.manifest.id, version: provider.manifest.version)
    } catch { throw ProviderFault(.internal, error.message) }
    return try await InProcessSession.open(library, opening)
  }
}
