import COpenSSL
import HostModel

/// An Ed25519 private key. libcrypto holds it, and wipes it when it is freed.
package final class SigningKey {
  private let key: OpaquePointer
  package let publicKey: PublicKey

  private init(owning key: OpaquePointer) throws(HostError) {
    var bytes = [UInt8](repeating: 0, count: 32)
    var count = bytes.count
    // The kind first: an X25519 key has 32 bytes, too.
    guard EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519,
      EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, let publicKey = PublicKey(bytes)
    else {
      EVP_PKEY_free(key)
      throw Self.refusal("is not an Ed25519 key")
    }
    self.key = key
    self.publicKey = publicKey
  }

  deinit { EVP_PKEY_free(key) }

  /// A new key, from libcrypto's random generator.
  package static func generate() throws(HostError) -> SigningKey {
    guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil) else { throw refusal("cannot be made") }
    defer { EVP_PKEY_CTX_free(context) }
    var made: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_keygen(context, &made) == 1, let made else {
      throw refusal("cannot be made")
    }
    return try SigningKey(owning: made)
  }

  /// Reads PKCS#8 in PEM (RFC 8410, RFC 7468), as `keygen` and `openssl genpkey -algorithm ed25519` write it.
  ///
  /// - Throws: `key-unusable` for anything else, also for a key under a password.
  package convenience init(pem: String) throws(HostError) {
    let bytes = Array(pem.utf8)
    guard let input = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else {
      throw Self.refusal("cannot be read")
    }
    defer { BIO_free(input) }
    // Without this libcrypto would ask the terminal for a password.
    let noPassword:
      @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 = {
        _, _, _, _ in -1
      }
    guard let key = PEM_read_bio_PrivateKey(input, nil, noPassword, nil) else {
      ERR_clear_error()
      throw Self.refusal("is not a private key in PEM without a password")
    }
    try self.init(owning: key)
  }

  /// PKCS#8 in PEM. A secret: write it to a file of mode 0600 and nowhere else.
  package func pem() throws(HostError) -> String {
    guard let output = BIO_new(BIO_s_mem()) else { throw Self.refusal("cannot be written") }
    defer { BIO_free(output) }
    guard PEM_write_bio_PKCS8PrivateKey(output, key, nil, nil, 0, nil, nil) == 1 else {
      throw Self.refusal("cannot be written")
    }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = BIO_read(output, &bytes, Int32(bytes.count))
    guard count > 0 else { throw Self.refusal("cannot be written") }
    return String(decoding: bytes[..<Int(count)], as: UTF8.self)
  }

  func sign(_ text: [UInt8], for domain: SignatureDomain) throws(HostError) -> Signature {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    let message = domain.message(text)
    var bytes = [UInt8](repeating: 0, count: 64)
    var count = bytes.count
    guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
      EVP_DigestSign(context, &bytes, &count, message, message.count) == 1, count == 64
    else { throw Self.refusal("cannot sign") }
    return Signature(key: publicKey, bytes: bytes)
  }

  private static func refusal(_ found: String) -> HostError {
    HostError(
      .configuration, "key-unusable", "The key \(found)",
      advice: "Name the private key that homeroom providers keygen wrote")
  }
}
