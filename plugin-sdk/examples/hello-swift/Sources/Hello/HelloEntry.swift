import CSISPlugin
import HelloManifest
import SISKit

// Made once, when the host asks first; never written again.
nonisolated(unsafe) private let table = providerTable(
  HelloProvider.self, id: "hello-swift", version: "1.0.0", manifest: hello_manifest(), cursorVersion: 1)

@c @implementation
public func sis_plugin_entry_v1(_ major: UInt32, _ minor: UInt32) -> UnsafePointer<sis_provider>? {
  major == SIS_ABI_MAJOR ? table : nil
}
