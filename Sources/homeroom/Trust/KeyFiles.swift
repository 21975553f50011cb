import Glibc
import HostModel
import HostPlatform
import ProviderRuntime
import TokenVault

/// The files of keys, as `keygen` writes them.
enum KeyFiles {
  /// - Throws: where the file cannot be read, is open to others, or holds no private key.
  static func signingKey(_ path: String) throws -> SigningKey {
    // The same rules as for every other secret: an ordinary file that only its owner may read.
    let secret = try SecretResolver(folder: Session.currentFolder, environment: [:]).resolve(.file(path))
    do { return try SigningKey(pem: secret.reveal() ?? "") } catch {
      throw HostError(.configuration, error.code, "\(path): \(error.message)", advice: error.advice)
    }
  }

  static func publicKey(_ path: String) throws -> (key: PublicKey, owner: String) {
    let text = try text(path)
    if let found = PublicKey.parse(line: text) { return found }
    let isPrivate = text.contains("PRIVATE KEY")
    throw HostError(
      .configuration, "key-unusable",
      "\(path) " + (isPrivate ? "is a private key, which is nobody's but its owner's" : "is no public key"),
      advice: isPrivate
        ? "Name the file that ends in .pub" : "Name the file FILE.pub that homeroom providers keygen wrote")
  }

  /// A small text file.
  private static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path, atMost: 4_096), as: UTF8.self)
  }

  /// The bytes of a file.
  ///
  /// - Throws: where it cannot be read or is larger.
  static func bytes(_ path: String, atMost most: Int) throws -> [UInt8] {
    let descriptor = open(Session.absolute(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw PlatformError("read \(path)") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: most + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes[count...].withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw PlatformError("read \(path)") }
      if got == 0 { break }
      count += got
    }
    guard count <= most else {
      throw HostError(
        .configuration, "file-too-large", "\(path) has more than \(most) bytes", advice: "Name the right file"
      )
    }
    return Array(bytes[..<count])
  }

  /// Puts a file in its place in one step.
  static func write(_ text: String, to path: String, mode: mode_t) throws {
    let file = try AtomicFile(path, mode: mode)
    try file.write(Array(text.utf8))
    try file.commit()
  }
}
