import HostModel
import SyncCore

extension Host {
  package func status(of integration: IntegrationConfig) async throws(HostError) -> IntegrationStatus {
    do {
      let last = try await store.runs(of: integration.id, limit: 1).first
      let live = try await store.liveCounts(of: integration.id)
      return IntegrationStatus(
        integration: integration.id,
        word: IntegrationStatus.word(isEnabled: integration.isEnabled, lastRun: last), lastRun: last,
        live: live)
    } catch { throw HostError(error) }
  }
}
