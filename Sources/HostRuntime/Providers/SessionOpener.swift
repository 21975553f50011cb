import HostModel
import ProviderRuntime
import SyncCore

/// Opens sessions where their integration wants them to run, and keeps what is loaded into this process.
///
/// An image is loaded once and stays (docs/decisions/0007-sealed-copies.md): in-process versions are counted.
actor SessionOpener {
  /// Images of in-process providers beyond this many are refused: each costs some 40 KB and four mappings for good
  /// (plugin-hosts.md 2b).
  static let maximumImages = 1_000
  static let manyImages = 100

  private var libraries: [String: ProviderLibrary] = [:]
  /// How many images this process has loaded.
  var imageCount: Int { libraries.count }

  func open(
    _ provider: ProviderLibrary.Inspection, _ isolation: Isolation, _ opening: SessionOpening
  ) async throws(ProviderFault) -> any ProviderSession {
    try await InProcessSession.open(try library(provider, isolation), opening)
  }

  private func library(
    _ provider: ProviderLibrary.Inspection, _ isolation: Isolation
  ) throws(ProviderFault) -> ProviderLibrary {
    if let library = libraries[provider.digest] { return library }
    guard libraries.count < Self.maximumImages else {
      throw ProviderFault(
        .refused, "this process has loaded \(libraries.count) provider images; restart the host, or use isolation: process")
    }
    do {
      let library = try ProviderLibrary.load(provider, isolation: isolation)
      libraries[provider.digest] = library
      return library
    } catch { throw ProviderFault(.internal, error.message) }
  }
}
