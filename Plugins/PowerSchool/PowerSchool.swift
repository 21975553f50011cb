import CSISPlugin
import PowerSchoolManifest
import SISKit

// Made once, when the host asks first; never written again.
nonisolated(unsafe) private let table = providerTable(
  PowerSchoolProvider.self, id: "powerschool", version: "1.0.0", manifest: powerschool_manifest(),
  cursorVersion: Progress.version)

@c @implementation
public func sis_plugin_entry_v1(_ major: UInt32, _ minor: UInt32) -> UnsafePointer<sis_provider>? {
  major == SIS_ABI_MAJOR ? table : nil
}
