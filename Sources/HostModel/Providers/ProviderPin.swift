/// A provider as it is about to be used: what its file says, and who signed it.
package struct ProviderSighting: Sendable, Equatable {
  package var provider: ProviderID
  package var version: String
  /// SHA-256 of the library without its signatures, in hex.
  package var digest: String
  /// Ids of the keys that signed it and count, sorted; none for a file that is not signed.
  package var signers: [String]
  /// Does the config name this very version? Then going back to it is a person's word, and does not move the pin.
  package var isNamed: Bool

  package init(
    provider: ProviderID, version: String, digest: String, signers: [String], isNamed: Bool = false
  ) {
    self.provider = provider
    self.version = version
    self.digest = digest
    self.signers = signers
    self.isNamed = isNamed
  }
}

/// What the host remembers of a provider since it was first used: the version, the bytes and the signers of the last time
/// (docs/trust.md, "Pins").
package struct ProviderPin: Sendable, Equatable {
  package var provider: ProviderID
  package var version: String
  package var digest: String
  package var signers: [String]
  package var firstSeen: HostInstant
  package var lastSeen: HostInstant

  package init(
    provider: ProviderID, version: String, digest: String, signers: [String], firstSeen: HostInstant,
    lastSeen: HostInstant
  ) {
    self.provider = provider
    self.version = version
    self.digest = digest
    self.signers = signers
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }

  /// A change that only a person may allow.
  package enum Change: String, Sendable, CaseIterable {
    /// A lower version than the last one: an old fault may come back, and cursors may be too new for it.
    case downgrade
    /// None of the keys that signed the last one signed this one.
    case signer
  }

  /// What a person must allow before this may take the pin's place. A file that is signed by one of the pinned keys, and
  /// a first signature for a provider that had none, need nobody.
  package func changes(to sighting: ProviderSighting) -> [Change] {
    var changes: [Change] = []
    if isAbove(sighting), !sighting.isNamed { changes.append(.downgrade) }
    if !signers.isEmpty, Set(signers).isDisjoint(with: sighting.signers) { changes.append(.signer) }
    return changes
  }

  package func isAbove(_ sighting: ProviderSighting) -> Bool {
    ProviderVersion(sighting.version) < ProviderVersion(version)
  }
}
