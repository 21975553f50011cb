import CSISPlugin
import SISKit
import SmallAPIManifest

// Made once, when the host asks first; never written again.
nonisolated(unsafe) private let table = providerTable(
  SmallAPIProvider.self, id: "small-api-swift", version: "1.0.0", manifest: small_api_manifest(),
  cursorVersion: Place.version)

@c @implementation
public func sis_plugin_entry_v1(_ major: UInt32, _ minor: UInt32) -> UnsafePointer<sis_provider>? {
  major == SIS_ABI_MAJOR ? table : nil
}
