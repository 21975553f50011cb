import HostModel

/// What a provider's file is held against before any of it runs: the config's policy, what was used before, and the time.
package struct TrustContext: Sendable {
  /// Nil: the config says nothing of trust. Then unsigned files load, with a warning; modified ones never do.
  package let policy: TrustPolicy?
  /// Digests of the libraries that were used before: one whose key has expired since goes on.
  package let pinned: Set<String>
  let now: @Sendable () -> HostInstant

  package init(
    _ policy: TrustPolicy?, pinned: Set<String> = [], now: @escaping @Sendable () -> HostInstant
  ) {
    self.policy = policy
    self.pinned = pinned
    self.now = now
  }

  /// Nothing is configured: for tools that look at a file and for tests of other things.
  package static let notConfigured = TrustContext(nil) { HostInstant(milliseconds: 0) }

  /// The same, with what is pinned now.
  package func pinning(_ pins: [ProviderPin]) -> TrustContext {
    TrustContext(policy, pinned: Set(pins.map(\.digest)), now: now)
  }

  /// The trust folder as it stands.
  ///
  /// - Returns: nil where trust is not configured.
  /// - Throws: `trust-unusable`.
  package func store() throws(HostError) -> TrustStore? {
    guard let policy else { return nil }
    return try TrustStore(folder: policy.folder, now: now())
  }
}
