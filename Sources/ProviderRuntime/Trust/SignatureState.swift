/// Whether a file is as it was when it was signed. Who signed it, and whether that counts, is another question (TrustVerdict).
package enum SignatureState: Sendable, Equatable {
  /// It carries no signature, and nothing else behind its end.
  case unsigned
  /// It was signed and changed since, or was given something behind its end. The reason, as the end of a sentence.
  case modified(String)
  /// Every byte is as it was when these keys signed it.
  case intact(SignedManifest, keys: [PublicKey])

  /// - Parameters:
  ///   - digest: SHA-256 of the library without the trailer.
  ///   - count: the bytes of the library without the trailer.
  static func of(_ finding: SignatureTrailer.Finding, digest: String, count: Int) -> SignatureState {
    switch finding {
    case .none: return .unsigned
    case .damaged(let reason): return .modified(reason)
    case .found(let trailer, _):
      guard trailer.signed.isIntact(for: .provider) else {
        return .modified("a signature does not fit what is signed")
      }
      guard trailer.manifest.size == count else {
        return .modified("\(trailer.manifest.size) bytes were signed, and it has \(count)")
      }
      guard trailer.manifest.digest == digest else {
        return .modified(
          "what was signed has the SHA-256 \(trailer.manifest.digest), and the file has \(digest)")
      }
      return .intact(trailer.manifest, keys: trailer.signed.signatures.map(\.key))
    }
  }
}
