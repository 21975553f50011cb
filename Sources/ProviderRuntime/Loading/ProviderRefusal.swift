import CSISPlugin
import HostModel
import WorkerProtocol

/// Why a file is not taken for a provider: always with its name, what was found, what is due, and the next
/// step.
enum ProviderRefusal {
  static func error(_ code: String, _ file: String, _ found: String, advice: String) -> HostError {
    HostError(.provider, code, "\(file): \(found)", advice: advice)
  }

  /// - Parameter advice: what to do about a library that is missing.
  static func error(_ refusal: LoadRefusal, _ file: String, advice: String) -> HostError {
    switch refusal {
    case .notLoadable(let words):
      error("provider-not-loadable", file, "cannot be loaded: \(words)", advice: advice)
    case .noEntry:
      error(
        "provider-no-entry", file, "does not export \(ELFImage.entry)",
        advice: "Export it (see plugin-sdk/exports.map)")
    case .declined:
      error(
        "provider-declines", file, "answered no table to a host of ABI \(SIS_ABI_MAJOR).\(SIS_ABI_MINOR)",
        advice: "Ask its vendor for a build with this host's sis_plugin.h")
    }
  }
}
