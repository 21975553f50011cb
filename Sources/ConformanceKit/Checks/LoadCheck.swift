import HostModel
import ProviderRuntime

struct LoadCheck: Check {
  let name = "load"
  let proves = "a host loads it: the manifest is sound, and the table says what the manifest says"
  let needs = CheckNeeds.file

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let inspection = try context.inspection()
    guard !inspection.findings.contains(where: { $0.refuses(.process) }) else {
      return CheckReport("", notRun: "a host looks no further, see lint")
    }
    do throws(HostError) {
      let manifest = try ProviderLibrary.load(inspection, isolation: .process).manifest
      let signature = inspection.verdict.state.rawValue
      let abi = "\(manifest.abi.major).\(manifest.abi.minor)"
      return "\(manifest.id) \(manifest.version), ABI \(abi), \(signature)"
    } catch { throw CheckFailure(error.message) }
  }
}
