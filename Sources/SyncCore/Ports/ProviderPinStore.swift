import HostModel

/// What came of holding a provider against its pin.
package enum PinOutcome: Sendable, Equatable {
  /// It was never used before; now it is pinned.
  case pinned
  /// The pin holds, or was moved to this file. Nil: nothing but the time changed.
  case holds(movedFrom: ProviderPin?)
  /// These changes need a person's word; the pin stays as it was.
  case refused([ProviderPin.Change], ProviderPin)
}

/// Where the host remembers which providers it has used, and how far what it trusts has come.
package protocol ProviderPinStore: Sendable {
  /// Every pin, by provider.
  func pins() async throws(StoreError) -> [ProviderPin]
  /// Holds a provider against its pin and moves the pin to it, in one transaction with the audit line of any change.
  ///
  /// - Parameters:
  ///   - allowing: the changes that a person allowed.
  ///   - actor: who did it, for the audit: "host", or a person at the command line.
  func pin(
    _ sighting: ProviderSighting, allowing: Set<ProviderPin.Change>, actor: String, now: HostInstant
  ) async throws(StoreError) -> PinOutcome
  /// Keeps the highest number of a revocation list that was ever in force here.
  ///
  /// - Parameter number: that of the list in force; 0 for none.
  /// - Returns: the highest.
  func highestRevocations(_ number: Int64, now: HostInstant) async throws(StoreError) -> Int64
}
