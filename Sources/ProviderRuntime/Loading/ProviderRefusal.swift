import HostModel

/// Why a file is not taken for a provider: always with its name, what was found, what is due, and the next step.
enum ProviderRefusal {
  static func error(_ code: String, _ file: String, _ found: String, advice: String) -> HostError {
    HostError(.provider, code, "\(file): \(found)", advice: advice)
  }
}
