import HostModel
import SyncCore

/// What the host reads from its database besides what a run needs.
package protocol HostStore: SyncStore {
  /// The last runs, newest first.
  func runs(of integration: IntegrationID?, limit: Int) async throws(StoreError) -> [RunRecord]
  func run(_ id: RunID) async throws(StoreError) -> RunRecord?
  /// Live records of an integration by kind.
  func liveCounts(of integration: IntegrationID) async throws(StoreError) -> [RecordKind: Int]
  /// Hands over the live roster as lines with their line feed (docs/canonical-model.md), many at a time,
  /// sorted by kind and sourcedId, from one snapshot.
  func export(_ selection: ExportSelection, write: ([UInt8]) throws(HostError) -> Void)
    async throws(HostError)
}
