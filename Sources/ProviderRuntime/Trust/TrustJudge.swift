import HostModel

/// Decides what a signature is worth.
struct TrustJudge {
  /// What the file says it is.
  var id: String
  var version: String
  /// SHA-256 of the whole file, and of the library without its signature.
  var fileDigest: String
  var libraryDigest: String

  private static let sign = "Sign it: homeroom providers sign FILE --key KEY (docs/trust.md)"

  func verdict(on state: SignatureState, _ context: TrustContext) -> TrustVerdict {
    // First and without any config: nothing that was changed is ever loaded.
    if case .modified(let reason) = state {
      return TrustVerdict(
        .modified, "was changed after it was signed: \(reason)",
        "Get the file anew from its vendor; it is never loaded like this")
    }
    let store: TrustStore?
    do throws(HostError) { store = try context.store() } catch {
      return TrustVerdict(.trustUnusable, "cannot be judged: \(error.message)", error.advice)
    }
    guard let store, let policy = context.policy else { return withoutTrust(state) }
    if let reason = store.revocations?.reason(
      id: id, version: version, digests: [fileDigest, libraryDigest])
    {
      return TrustVerdict(
        .revoked, "is revoked: \(reason)",
        "Get a newer version; homeroom providers trust list shows what is revoked")
    }
    guard case .intact(let manifest, let keys) = state else { return unsigned(policy) }
    let now = context.now()
    if let end = manifest.notAfter, now >= end {
      return TrustVerdict(
        .expired, "was signed to be used before \(TrustMoment.text(end))",
        "Get a newer version from its vendor")
    }
    return signed(by: keys, store, policy, context, now)
  }

  private func withoutTrust(_ state: SignatureState) -> TrustVerdict {
    let advice = "Say whom to trust in the config's trust section (docs/trust.md)"
    guard case .intact(_, let keys) = state else {
      return TrustVerdict(
        .unsigned, mayLoad: true, "is not signed, and trust is not configured: it is loaded all the same",
        advice)
    }
    return TrustVerdict(
      .unchecked, mayLoad: true, signers: keys.map(\.id).sorted(),
      "is signed by \(Self.list(keys.map(\.id))), and trust is not configured: it is loaded whoever that is",
      advice)
  }

  private func unsigned(_ policy: TrustPolicy) -> TrustVerdict {
    if policy.allowUnsigned.contains(fileDigest) {
      return TrustVerdict(
        .unsigned, mayLoad: true, "is not signed; the config allows this very file", Self.sign)
    }
    if !policy.requireSigned {
      return TrustVerdict(
        .unsigned, mayLoad: true, "is not signed; the config does not require it", Self.sign)
    }
    return TrustVerdict(
      .unsigned, "is not signed",
      Self.sign + "; or allow this very file: trust.allowUnsigned: [\"sha256:\(fileDigest)\"]")
  }

  // MARK: - Signed

  /// Why a signature that is intact does not count.
  private enum Objection {
    case stranger
    case wrongPattern(TrustedKey)
    case notYetValid(TrustedKey, HostInstant)
    case expired(TrustedKey, HostInstant)
    case revoked(String)
  }

  private func signed(
    by keys: [PublicKey], _ store: TrustStore, _ policy: TrustPolicy, _ context: TrustContext,
    _ now: HostInstant
  ) -> TrustVerdict {
    var signers: [KeyID] = []
    var expired: [KeyID] = []
    var objections: [(KeyID, Objection)] = []
    for key in keys {
      switch objection(key, store, now) {
      case nil: signers.append(key.id)
      case .expired(let known, let end)?:
        expired.append(key.id)
        objections.append((key.id, .expired(known, end)))
      case let objection?: objections.append((key.id, objection))
      }
    }
    if signers.count >= policy.minimumSignatures {
      return TrustVerdict(.signed, mayLoad: true, signers: signers, "is signed by \(names(signers, store))")
    }
    // A district does not lose its night because a key ended: what was used before the end goes on.
    if signers.count + expired.count >= policy.minimumSignatures, context.pinned.contains(libraryDigest) {
      let all = (signers + expired).sorted()
      return TrustVerdict(
        .expired, mayLoad: true, signers: all,
        "is signed by \(names(all, store)), whose time is over; it was in use before, and goes on",
        "Get it signed anew by a key that is valid")
    }
    if !signers.isEmpty {
      return TrustVerdict(
        .tooFewSignatures, signers: signers,
        "is signed by \(names(signers, store)); trust.minimumSignatures asks for \(policy.minimumSignatures)",
        "Add a signature: homeroom providers sign FILE --add --key KEY")
    }
    guard let (id, objection) = objections.max(by: { Self.weight($0.1) < Self.weight($1.1) }) else {
      return TrustVerdict(.unsigned, "is not signed", Self.sign)
    }
    return refusal(id, objection, keys)
  }

  private func objection(_ key: PublicKey, _ store: TrustStore, _ now: HostInstant) -> Objection? {
    if let reason = store.revocations?.reason(key.id) { return .revoked(reason) }
    guard let known = store.find(key) else { return .stranger }
    guard known.maySign(id) else { return .wrongPattern(known) }
    return switch known.lapse(at: now) {
    case .notYetValid(let start): .notYetValid(known, start)
    case .expired(let end): .expired(known, end)
    case nil: nil
    }
  }

  /// The nearest to a good signature says most: a known key whose time is over, before a stranger's.
  private static func weight(_ objection: Objection) -> Int {
    switch objection {
    case .stranger: 0
    case .wrongPattern: 1
    case .notYetValid: 2
    case .expired: 3
    case .revoked: 4
    }
  }

  private func refusal(_ id: KeyID, _ objection: Objection, _ keys: [PublicKey]) -> TrustVerdict {
    switch objection {
    case .stranger:
      return TrustVerdict(
        .untrustedKey, "is signed by \(Self.list(keys.map(\.id))), which is not trusted here",
        "If you know whose key that is: homeroom providers trust add KEYFILE --plugins \(self.id)")
    case .wrongPattern(let key):
      return TrustVerdict(
        .wrongPattern,
        "is signed by \(id), which may sign \(key.plugins.joined(separator: ", ")) and not \(self.id)",
        "If it may: homeroom providers trust add KEYFILE --plugins \(self.id)")
    case .notYetValid(_, let start):
      return TrustVerdict(
        .notYetValid, "is signed by \(id), which is trusted from \(TrustMoment.text(start)) on",
        "Check this machine's clock; or wait")
    case .expired(_, let end):
      return TrustVerdict(
        .expired, "is signed by \(id), which was trusted until \(TrustMoment.text(end))",
        "Get it signed anew by a key that is valid")
    case .revoked(let reason):
      return TrustVerdict(
        .revoked, "is signed by \(id), which is revoked: \(reason)",
        "Get it signed anew by a key that is valid")
    }
  }

  private func names(_ ids: [KeyID], _ store: TrustStore) -> String {
    ids.map { id in
      let owner = store.keys.first { $0.key.id == id }?.owner ?? ""
      return owner.isEmpty ? id.description : "\(id) (\(owner))"
    }.joined(separator: " and ")
  }

  private static func list(_ ids: [KeyID]) -> String { ids.map(\.description).joined(separator: " and ") }
}
