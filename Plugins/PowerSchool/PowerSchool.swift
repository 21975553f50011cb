import CSISPlugin
import PowerSchoolManifest
import SISKit

@c @implementation
public func sis_plugin_entry_v1(_ major: UInt32, _ minor: UInt32) -> UnsafePointer<sis_provider>? {
  _ = powerschool_manifest()
  return nil
}
