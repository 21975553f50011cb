import HostModel
import ProviderRuntime

struct LoadCheck: Check {
  let name = "load"
  let proves = "a host loads it: the manifest is sound, and the table says what the manifest says"
  let needs = CheckNeeds.file

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    do throws(HostError) {
      let manifest = try ProviderLibrary.load(context.file).manifest
      return "\(manifest.id) \(manifest.version), ABI \(manifest.abi.major).\(manifest.abi.minor)"
    } catch { throw CheckFailure(error.message) }
  }
}
