import COpenSSL
import Foundation

/// An Ed25519 public key (RFC 8032).
package struct PublicKey: Sendable, Hashable {
  package let bytes: [UInt8]
  package let id: KeyID

  /// Nil for anything but 32 bytes.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
    id = KeyID(of: bytes)
  }

  init?(base64 text: some StringProtocol) {
    guard let bytes = Data(base64Encoded: String(text)).map(Array.init), let key = PublicKey(bytes),
      key.base64 == text
    else { return nil }
    self = key
  }

  var base64: String { Data(bytes).base64EncodedString() }

  // MARK: - The one-line form

  private static let word = "homeroom-ed25519"

  /// The content of a public key's file: `homeroom-ed25519 BASE64 OWNER`, one line. The owner is a remark; whoever trusts the
  /// key gives it a name of their own.
  package func line(owner: String) -> String {
    [Self.word, base64, owner].filter { !$0.isEmpty }.joined(separator: " ") + "\n"
  }

  /// Reads such a line.
  ///
  /// - Returns: nil for anything else.
  package static func parse(line text: String) -> (key: PublicKey, owner: String)? {
    let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
    let words = line.split(separator: " ", maxSplits: 2).map(String.init)
    guard line.utf8.count <= 512, !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }), words.count >= 2,
      words[0] == word, let key = PublicKey(base64: words[1])
    else { return nil }
    return (key, words.count > 2 ? words[2] : "")
  }

  // MARK: - Verifying

  /// Did the owner of this key sign this text for this purpose?
  func verifies(_ signature: [UInt8], of text: [UInt8], for domain: SignatureDomain) -> Bool {
    guard signature.count == 64, let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, 32)
    else { return false }
    defer { EVP_PKEY_free(key) }
    guard let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    let message = domain.message(text)
    return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
      && EVP_DigestVerify(context, signature, 64, message, message.count) == 1
  }
}
