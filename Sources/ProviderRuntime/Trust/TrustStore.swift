import Glibc
import HostModel

/// The trust folder: `KEYID.key` for each key that is trusted, and `revocations` (docs/trust.md, "The trust folder"). Read
/// afresh whenever something is held against it, so that a revocation counts at once.
package struct TrustStore: Sendable {
  package static let listName = "revocations"
  /// The most that a file of the folder may have.
  package static let maximumBytes = LineRecord.maximumBytes
  private static let keySuffix = ".key"
  /// More keys than any operator knows.
  private static let maximumFiles = 1_000

  package private(set) var keys: [TrustedKey] = []
  /// Signed by a key that may, and in force.
  package private(set) var revocations: RevocationList?
  /// Files of keys that were left out, each with its reason.
  package private(set) var problems: [HostError] = []

  /// - Throws: `trust-unusable` if the folder cannot be relied on, or its revocation list cannot.
  package init(folder: String, now: HostInstant) throws(HostError) {
    try Self.check(folder, isFolder: true)
    for name in try Self.names(folder) {
      let path = folder + "/" + name
      do throws(HostError) {
        let bytes = try Self.read(path)
        guard let record = LineRecord(parsing: bytes), let key = TrustedKey(record) else {
          throw Self.refusal(path, "is no key file", "Add keys with homeroom providers trust add")
        }
        guard name == Self.fileName(key.key.id) else {
          throw Self.refusal(path, "holds the key \(key.key.id)", "Call it \(Self.fileName(key.key.id))")
        }
        keys.append(key)
      } catch { problems.append(error) }
    }
    let list = folder + "/" + Self.listName
    guard access(list, F_OK) == 0 else { return }
    revocations = try verified(try Self.read(list), path: list, now: now)
  }

  /// Reads a revocation list, which one of the keys here must have signed that may.
  ///
  /// - Throws: `trust-unusable`: not to know what is revoked is to trust nothing.
  package func verified(_ bytes: [UInt8], path: String, now: HostInstant) throws(HostError) -> RevocationList
  {
    guard let list = RevocationList(parsing: bytes) else {
      throw Self.refusal(
        path, "is no revocation list that this host can read", "Get the list anew from whoever issues it")
    }
    guard list.signed.isIntact(for: .revocations) else {
      throw Self.refusal(path, "was changed after it was signed", "Get the list anew from whoever issues it")
    }
    let signers = list.signed.signatures.map(\.key)
    guard keys.contains(where: { $0.revokes && signers.contains($0.key) && $0.lapse(at: now) == nil }) else {
      let names = signers.map(\.id.description).joined(separator: ", ")
      throw Self.refusal(
        path, "is signed by \(names), and no key that may revoke is among them",
        "Trust its issuer with homeroom providers trust add KEYFILE --revokes")
    }
    return list
  }

  package static func fileName(_ id: KeyID) -> String { id.description + keySuffix }

  /// Nil for a stranger. The whole key is compared: an id has 64 bits only.
  func find(_ key: PublicKey) -> TrustedKey? { keys.first { $0.key == key } }

  // MARK: - Files

  private static func names(_ folder: String) throws(HostError) -> [String] {
    guard let stream = opendir(folder) else {
      throw refusal(folder, "cannot be read: \(String(cString: strerror(errno)))", "Check its owner and mode")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(keySuffix) { names.append(name) }
      guard names.count <= maximumFiles else {
        throw refusal(folder, "holds more than \(maximumFiles) keys", "Name the folder that holds the keys")
      }
    }
    return names.sorted()
  }

  /// Whoever may write here decides what is loaded: only root and the host's own user may.
  @discardableResult
  private static func check(_ path: String, isFolder: Bool, descriptor: CInt? = nil) throws(HostError) -> stat
  {
    var status = stat()
    let isThere = descriptor.map { fstat($0, &status) } ?? stat(path, &status)
    guard isThere == 0 else {
      throw refusal(
        path, "cannot be read: \(String(cString: strerror(errno)))",
        "homeroom providers trust add makes it; or correct trust.keys in the config")
    }
    guard status.st_mode & S_IFMT == (isFolder ? S_IFDIR : S_IFREG) else {
      throw refusal(
        path, isFolder ? "is no folder" : "is no ordinary file", "Correct trust.keys in the config")
    }
    guard status.st_uid == 0 || status.st_uid == geteuid() else {
      throw refusal(
        path, "belongs to user \(status.st_uid); only root and the host's user may say whom to trust",
        "chown root \(path)")
    }
    guard status.st_mode & 0o022 == 0 else {
      let mode = String(status.st_mode & 0o777, radix: 8)
      throw refusal(path, "has mode 0\(mode): others can say whom to trust", "chmod go-w \(path)")
    }
    return status
  }

  private static func read(_ path: String) throws(HostError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw refusal(
        path, "cannot be read: \(String(cString: strerror(errno)))", "Put an ordinary file in its place")
    }
    defer { close(descriptor) }
    let status = try check(path, isFolder: false, descriptor: descriptor)
    guard status.st_size <= maximumBytes else {
      throw refusal(path, "has \(status.st_size) bytes; \(maximumBytes) are the most", "Get it anew")
    }
    var bytes = [UInt8](repeating: 0, count: maximumBytes)
    var count = 0
    while count < bytes.count {
      let got = bytes[count...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw refusal(path, "cannot be read: \(String(cString: strerror(errno)))", "Check the disk")
      }
      if got == 0 { break }
      count += got
    }
    return Array(bytes[..<count])
  }

  static func refusal(_ path: String, _ found: String, _ advice: String) -> HostError {
    HostError(.configuration, "trust-unusable", "\(path) \(found)", advice: advice)
  }
}
