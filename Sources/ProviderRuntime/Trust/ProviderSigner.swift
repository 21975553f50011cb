import HostModel

/// Signs a provider's file.
package struct ProviderSigner {
  let key: SigningKey
  let now: HostInstant

  package init(key: SigningKey, now: HostInstant) {
    self.key = key
    self.now = now
  }

  /// What is to take the file's place.
  package struct Signed {
    package var inspection: ProviderLibrary.Inspection
    package var manifest: SignedManifest
    /// Of every key that has signed now, sorted.
    package var signers: [KeyID]
    fileprivate var libraryCount: Int
    fileprivate var trailer: [UInt8]

    /// Hands over the whole new file, piece by piece.
    package func write<Failure: Error>(_ piece: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
      let library = inspection.file.bytes[..<libraryCount]
      for start in stride(from: 0, to: libraryCount, by: 1 << 20) {
        try piece(Array(library[start..<min(libraryCount, start + 1 << 20)]))
      }
      try piece(trailer)
    }
  }

  /// Signs a file anew: earlier signatures go.
  ///
  /// - Parameter notAfter: from then on nobody takes the file any more.
  /// - Throws: why it is no provider, or is one that no host would load; `provider-modified`; `provider-unsignable`.
  package func sign(_ path: String, notAfter: HostInstant?) throws(HostError) -> Signed {
    let inspection = try inspect(path)
    guard notAfter.map({ $0 > now }) ?? true else {
      throw ProviderRefusal.error(
        "provider-unsignable", path, "would be signed for a time that is over",
        advice: "Give a later --not-after")
    }
    let manifest = SignedManifest(
      id: inspection.manifest.id, version: inspection.manifest.version,
      abi: "\(inspection.manifest.abi.major).\(inspection.manifest.abi.minor)",
      digest: inspection.libraryDigest,
      size: Self.libraryCount(inspection), created: now, notAfter: notAfter)
    return try add(SignatureTrailer(manifest), inspection)
  }

  /// Adds a signature to those that a file has, over the same manifest; an earlier one of this key gives way.
  ///
  /// - Throws: as `sign` does; `provider-unsignable` for a file without a signature.
  package func addSignature(_ path: String) throws(HostError) -> Signed {
    let inspection = try inspect(path)
    guard case .found(let trailer, _) = SignatureTrailer.find(in: inspection.file.bytes) else {
      throw ProviderRefusal.error(
        "provider-unsignable", path, "has no signature to add to", advice: "Sign it first, without --add")
    }
    return try add(trailer, inspection)
  }

  /// Whoever signs a file that no host loads would find out from a customer.
  private func inspect(_ path: String) throws(HostError) -> ProviderLibrary.Inspection {
    // Whom a host trusts is nobody's business here. A link would be replaced by the file that it leads to.
    let inspection = try ProviderLibrary.Inspection(path, .notConfigured, followsLinks: false)
    try inspection.demand(.process)
    return inspection
  }

  private func add(_ trailer: SignatureTrailer, _ inspection: ProviderLibrary.Inspection) throws(HostError)
    -> Signed
  {
    var trailer = trailer
    let text = Array(trailer.signed.record.text.utf8)
    guard LineRecord(canonical: text) == trailer.signed.record else {
      throw ProviderRefusal.error(
        "provider-unsignable", inspection.path, "has a version with a control character in it",
        advice: "Correct its manifest")
    }
    guard trailer.signed.add(try key.sign(text, for: .provider)) else {
      throw ProviderRefusal.error(
        "provider-unsignable", inspection.path,
        "has \(SignedText.maximumSignatures) signatures, which is the most",
        advice: "Sign it anew, without --add")
    }
    return Signed(
      inspection: inspection, manifest: trailer.manifest, signers: trailer.signed.signatures.map(\.key.id),
      libraryCount: Self.libraryCount(inspection), trailer: trailer.bytes)
  }

  private static func libraryCount(_ inspection: ProviderLibrary.Inspection) -> Int {
    if case .intact(let manifest, _) = inspection.signature { return manifest.size }
    return inspection.byteCount
  }
}
