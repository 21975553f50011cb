import HostModel
import ProviderRuntime
import SyncCore

/// The last question before any of a provider's code runs: may this very file be used now, after all that was used before?
/// (docs/trust.md, "Pins")
struct ProviderAdmission: Sendable {
  let trust: TrustContext
  let store: any ProviderPinStore
  /// Changes that a person allowed.
  var allowing: Set<ProviderPin.Change> = []
  /// For the audit.
  var actor = "host"

  /// Holds the revocation list in force against those that were in force before. Asked before everything else: what a list
  /// forbids must not come back with an older one.
  ///
  /// - Throws: `trust-unusable`, `revocations-rolled-back`.
  func checkRevocations(now: HostInstant) async throws(HostError) {
    guard let current = try trust.store() else { return }
    let number = current.revocations?.number ?? 0
    let highest: Int64
    do { highest = try await store.highestRevocations(number, now: now) } catch { throw HostError(error) }
    guard number < highest else { return }
    throw HostError(
      .configuration, "revocations-rolled-back",
      "The revocation list in force has the number \(number), and one with the number \(highest) was in force before",
      advice: "Put the newest list back: homeroom providers trust import FILE")
  }

  /// Holds a provider against its pin and against what is trusted now, and changes nothing.
  ///
  /// - Parameter version: the one that the config names, which is a person's word for going back to it.
  /// - Throws: why it must not be used; `provider-downgrade`, `provider-signer`.
  func check(
    _ inspection: ProviderLibrary.Inspection, _ isolation: Isolation, named version: String?
  ) async throws(HostError) {
    let pins = try await pins()
    let sighting = try sighting(inspection, isolation, named: version, pins)
    guard let pin = pins.first(where: { $0.provider == sighting.provider }) else { return }
    let refused = pin.changes(to: sighting).filter { !allowing.contains($0) }
    if let refusal = Self.refusal(.refused(refused, pin), sighting, inspection.path) { throw refusal }
  }

  /// The same, and moves the pin: from now on this is what was used before.
  ///
  /// - Throws: as `check` does.
  func enter(
    _ inspection: ProviderLibrary.Inspection, _ isolation: Isolation, named version: String?, now: HostInstant
  ) async throws(HostError) {
    let sighting = try sighting(inspection, isolation, named: version, try await pins())
    let outcome: PinOutcome
    do {
      outcome = try await store.pin(sighting, allowing: allowing, actor: actor, now: now)
    } catch { throw HostError(error) }
    if let refusal = Self.refusal(outcome, sighting, inspection.path) { throw refusal }
  }

  private func pins() async throws(HostError) -> [ProviderPin] {
    do { return try await store.pins() } catch { throw HostError(error) }
  }

  private func sighting(
    _ inspection: ProviderLibrary.Inspection, _ isolation: Isolation, named version: String?,
    _ pins: [ProviderPin]
  ) throws(HostError) -> ProviderSighting {
    let verdict = inspection.verdict(trust.pinning(pins))
    try inspection.demand(isolation, verdict)
    return ProviderSighting(
      provider: ProviderID(rawValue: inspection.manifest.id), version: inspection.manifest.version,
      digest: inspection.libraryDigest, signers: verdict.signers.map(\.description),
      isNamed: version == inspection.manifest.version)
  }

  private static func refusal(
    _ outcome: PinOutcome, _ sighting: ProviderSighting, _ file: String
  ) -> HostError? {
    switch outcome {
    case .refused([], _), .pinned, .holds: return nil
    case .refused(let changes, let pin):
      let flags = changes.map { $0 == .downgrade ? "--allow-downgrade" : "--allow-signer-change" }
      let advice =
        "If that is meant: homeroom providers pin \(sighting.provider) \(flags.joined(separator: " "))"
      guard changes.contains(.signer) else {
        return HostError(
          .provider, "provider-downgrade",
          "\(file): is \(sighting.provider) \(sighting.version), and \(pin.version) was used before: "
            + "that is a step back", advice: advice)
      }
      let now =
        sighting.signers.isEmpty ? "nobody whose signature counts" : sighting.signers.joined(separator: " and ")
      return HostError(
        .provider, "provider-signer",
        "\(file): is signed by \(now), and the \(sighting.provider) used before was signed by "
          + pin.signers.joined(separator: " and "), advice: advice)
    }
  }
}
