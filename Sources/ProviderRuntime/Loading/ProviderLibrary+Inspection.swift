import CSISPlugin
import HostModel

extension ProviderLibrary {
  /// A provider's file: copied, sealed and looked at from all sides. None of its code has run; what was looked at is what a
  /// load maps, whatever happens to the file meanwhile.
  ///
  /// The order: open without following a link (where trust is configured), copy into memory, seal, signature, ELF, manifest,
  /// lint, trust. Only `demand` says yes; only then is it loaded.
  package final class Inspection: Sendable {
    let file: SealedFile
    package let manifest: ProviderManifest
    let manifestBytes: [UInt8]
    /// SHA-256 of the whole file, in hex: what `sha256sum` says.
    package let digest: String
    /// SHA-256 of the library without its signature: the same for every signature of the same build.
    package let libraryDigest: String
    package let signature: SignatureState
    /// What the signature was worth when the file was examined.
    package let verdict: TrustVerdict
    package let findings: [LintFinding]
    package let exports: [String]
    package let needed: [String]

    package var path: String { file.path }
    package var byteCount: Int { file.count }
    package var manifestText: String { String(decoding: manifestBytes, as: UTF8.self) }
    /// A descriptor of the sealed copy, close-on-exec; open as long as this value. A worker process is given a duplicate.
    package var descriptor: CInt { file.descriptor }

    /// - Parameter followsLinks: may the path be a symbolic link? Where trust is configured it may not: the link could be made
    ///   to lead elsewhere by whoever may write its target.
    /// - Throws: why the file is no provider at all, with `provider-modified` before anything else: a file that was changed
    ///   after it was signed is to be called that, not "damaged".
    package init(_ path: String, _ trust: TrustContext, followsLinks: Bool? = nil) throws(HostError) {
      let file = try SealedFile(path, followsLinks: followsLinks ?? (trust.policy == nil))
      let trailer = SignatureTrailer.find(in: file.bytes)
      var libraryCount = file.count
      if case .found(_, let count) = trailer { libraryCount = count }
      (digest, libraryDigest) = FileDigest.both(file.bytes, first: libraryCount)
      var signature = SignatureState.of(trailer, digest: libraryDigest, count: libraryCount)
      let library = UnsafeRawBufferPointer(rebasing: file.bytes[..<libraryCount])
      let image: ELFImage
      let manifest: ProviderManifest
      do throws(HostError) {
        image = try ELFImage(library, path: path)
        manifest = try ProviderManifest(image.manifest, file: path)
      } catch {
        if case .modified(let reason) = signature { throw Self.modified(path, reason) }
        throw error
      }
      signature = Self.completed(signature, library, image, manifest)
      self.file = file
      self.manifest = manifest
      self.signature = signature
      manifestBytes = image.manifest
      exports = image.exports.map(\.name)
      needed = image.dynamic.needed
      findings = ELFLint.findings(in: image)
      verdict = TrustJudge(
        id: manifest.id, version: manifest.version, fileDigest: digest, libraryDigest: libraryDigest
      ).verdict(on: signature, trust)
    }

    /// What the signature is worth now: keys end, and are revoked, while a host runs.
    package func verdict(_ trust: TrustContext) -> TrustVerdict {
      TrustJudge(
        id: manifest.id, version: manifest.version, fileDigest: digest, libraryDigest: libraryDigest
      ).verdict(on: signature, trust)
    }

    /// What only the inside of the library tells: whether something stands behind its end that is no signature, such as a
    /// signature cut short, and whether the signature speaks of this provider.
    private static func completed(
      _ signature: SignatureState, _ library: UnsafeRawBufferPointer, _ image: ELFImage,
      _ manifest: ProviderManifest
    ) -> SignatureState {
      switch signature {
      case .modified: return signature
      case .unsigned:
        // Padding says nothing; a signature is never all zero.
        let rest = library[min(image.end, library.count)...]
        return rest.allSatisfy { $0 == 0 }
          ? .unsigned
          : .modified("\(rest.count) bytes follow the end of the library, and they are no whole signature")
      case .intact(let signed, _):
        let abi = "\(manifest.abi.major).\(manifest.abi.minor)"
        guard signed.id == manifest.id, signed.version == manifest.version, signed.abi == abi,
          signed.platform == SignedManifest.platform
        else {
          return .modified(
            "the signature is for \(signed.id) \(signed.version) of ABI \(signed.abi) on \(signed.platform), "
              + "and the file is \(manifest.id) \(manifest.version) of ABI \(abi) on \(SignedManifest.platform)"
          )
        }
        return signature
      }
    }

    private static func modified(_ path: String, _ reason: String) -> HostError {
      ProviderRefusal.error(
        "provider-modified", path, "was changed after it was signed: \(reason)",
        advice: "Get the file anew from its vendor; it is never loaded like this")
    }

    /// Everything that must hold before this is loaded.
    ///
    /// - Throws: `provider-modified`, `provider-wrong-abi`, `provider-lint`, `provider-unsigned` and its kin.
    package func demand(_ isolation: Isolation) throws(HostError) { try demand(isolation, verdict) }

    /// The same, with what the signature is worth now.
    package func demand(_ isolation: Isolation, _ verdict: TrustVerdict) throws(HostError) {
      if case .modified(let reason) = signature { throw Self.modified(path, reason) }
      guard manifest.abi.major == Int(SIS_ABI_MAJOR) else {
        throw ProviderRefusal.error(
          "provider-wrong-abi", path,
          "is built for ABI \(manifest.abi.major).\(manifest.abi.minor); "
            + "this host speaks ABI \(SIS_ABI_MAJOR).\(SIS_ABI_MINOR)",
          advice: "Ask its vendor for a build with this host's sis_plugin.h")
      }
      let refusals = findings.filter { $0.refuses(isolation) }
      if let first = refusals.first {
        throw ProviderRefusal.error(
          "provider-lint", path, refusals.map(\.sentence).joined(separator: ". It "), advice: first.advice)
      }
      guard verdict.mayLoad else {
        throw ProviderRefusal.error(
          "provider-\(verdict.state.rawValue)", path, verdict.found, advice: verdict.advice)
      }
    }
  }
}
