import HostModel
import ProviderRuntime
import SyncCore

/// Opens sessions where their integration wants them to run, and keeps what is loaded into this process.
actor SessionOpener {
  /// Images that stay for good beyond this many are refused: each costs some 40 KB and four mappings (plugin-hosts.md 2b).
  static let maximumImages = 1_000
  /// From this many on an operator is told.
  static let manyImages = 100

  private var libraries: [String: ProviderLibrary] = [:]
  /// Images that this process has loaded and can never unload.
  private(set) var lastingImages = 0

  /// - Throws: `crashed` if a worker fails in whatever way; otherwise why the session cannot be opened.
  func open(
    _ provider: ProviderLibrary.Inspection, _ integration: IntegrationConfig, _ opening: SessionOpening
  ) async throws(ProviderFault) -> any ProviderSession {
    switch integration.isolation {
    case .inProcess: return try await InProcessSession.open(try library(provider), opening)
    case .process:
      var limits = WorkerLimits()
      limits.callMilliseconds = integration.callSeconds * 1_000
      return try await ProviderLauncher(limits: limits).open(provider, opening)
    }
  }

  /// Nothing is opened on this version any more. One in C is unloaded once its last session is closed.
  func forget(_ digest: String) { libraries[digest] = nil }

  private func library(_ provider: ProviderLibrary.Inspection) throws(ProviderFault) -> ProviderLibrary {
    if let library = libraries[provider.digest] { return library }
    guard lastingImages < Self.maximumImages else {
      throw ProviderFault(
        .refused,
        "this process has loaded \(lastingImages) provider images for good; restart the host, or use isolation: process")
    }
    do {
      let library = try ProviderLibrary.load(provider, isolation: .inProcess)
      libraries[provider.digest] = library
      if library.isLasting { lastingImages += 1 }
      return library
    } catch { throw ProviderFault(.internal, error.message) }
  }
}
