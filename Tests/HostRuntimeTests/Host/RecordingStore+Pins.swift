import HostModel
import SyncCore

/// Everything is new to it: what pins do is tested where SQLite keeps them.
extension RecordingStore: ProviderPinStore {
  func pins() async throws(StoreError) -> [ProviderPin] { [] }

  func pin(
    _ sighting: ProviderSighting, allowing: Set<ProviderPin.Change>, actor: String, now: HostInstant
  ) async throws(StoreError) -> PinOutcome { .pinned }

  func highestRevocations(_ number: Int64, now: HostInstant) async throws(StoreError) -> Int64 { number }
}
