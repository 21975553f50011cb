import CSISPlugin
import ProviderManifest
import SISKit

// Made once, when the host asks first; never written again. Id and version stand in manifest.json too, and must be equal.
nonisolated(unsafe) private let table = providerTable(
  RosterProvider.self, id: "@NAME@", version: "0.1.0", manifest: provider_manifest(),
  cursorVersion: Place.version)

@c @implementation
public func sis_plugin_entry_v1(_ major: UInt32, _ minor: UInt32) -> UnsafePointer<sis_provider>? {
  major == SIS_ABI_MAJOR ? table : nil
}
