import COpenSSL

/// SHA-256 (FIPS 180-4), in lower-case hex.
enum FileDigest {
  /// The digest of all bytes, and that of the first `count`, in one pass.
  static func both(_ bytes: UnsafeRawBufferPointer, first count: Int) -> (whole: String, first: String) {
    guard count < bytes.count else {
      let whole = hex(of: bytes)
      return (whole, whole)
    }
    let running = EVP_MD_CTX_new()
    let snapshot = EVP_MD_CTX_new()
    defer {
      EVP_MD_CTX_free(running)
      EVP_MD_CTX_free(snapshot)
    }
    var first = [UInt8](repeating: 0, count: 32)
    var whole = first
    let isDone =
      EVP_DigestInit_ex(running, EVP_sha256(), nil) == 1
      && EVP_DigestUpdate(running, bytes.baseAddress, count) == 1
      && EVP_MD_CTX_copy_ex(snapshot, running) == 1
      && EVP_DigestFinal_ex(snapshot, &first, nil) == 1
      && EVP_DigestUpdate(running, bytes.baseAddress.map { $0 + count }, bytes.count - count) == 1
      && EVP_DigestFinal_ex(running, &whole, nil) == 1
    precondition(isDone, "libcrypto cannot compute SHA-256: no digest, no trust")
    return (Hex.text(whole), Hex.text(first))
  }

  static func bytes(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let isDone = EVP_Digest(bytes.baseAddress, bytes.count, &digest, nil, EVP_sha256(), nil) == 1
    precondition(isDone, "libcrypto cannot compute SHA-256: no digest, no trust")
    return digest
  }

  static func hex(of bytes: UnsafeRawBufferPointer) -> String { Hex.text(Self.bytes(of: bytes)) }
}
