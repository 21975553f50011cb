import HostModel

/// How far a version of a provider has come.
package enum ProviderState: Sendable, Equatable {
  /// Its file was found.
  case discovered
  /// Its file was checked, without running any of it.
  case verified
  /// Its code was run once: it answers as its manifest says.
  case loaded
  /// New sessions are opened on it.
  case active
  /// Another version took its place; sessions that are still open on it read their page to the end.
  case draining
  /// Nothing uses it any more.
  case gone
  case failed(HostError)

  package var word: String {
    switch self {
    case .discovered: "discovered"
    case .verified: "verified"
    case .loaded: "loaded"
    case .active: "active"
    case .draining: "draining"
    case .gone: "gone"
    case .failed: "failed"
    }
  }
}
