import Glibc
import HostModel

/// Reads the secret that a reference leads to, each time it is needed, so that a rotated one is seen.
package struct SecretResolver: Sendable {
  /// No client secret or token is longer; a file that is, is another file.
  package static let maximumBytes = 64 << 10

  let folder: String
  let environment: [String: String]

  /// - Parameter folder: what relative paths are relative to.
  package init(folder: String, environment: [String: String]) {
    self.folder = folder
    self.environment = environment
  }

  /// - Throws: a `HostError` that names the reference, never the value.
  package func resolve(_ reference: SecretReference) throws(HostError) -> Secret {
    switch reference {
    case .environment(let name):
      guard let value = environment[name], !value.isEmpty else {
        throw Self.refusal(reference, "the environment has no variable \(name)", "Set it, or use file:PATH")
      }
      return Secret(value.utf8)
    case .file(let path):
      return try read(path.hasPrefix("/") ? path : folder + "/" + path, reference, checksRights: true)
    case .credential(let name):
      guard let folder = environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty else {
        throw Self.refusal(
          reference, "CREDENTIALS_DIRECTORY is not set: systemd did not start this process",
          "Add LoadCredential=\(name):PATH to the unit, or use file:PATH")
      }
      // systemd guards this folder itself, by its own owner and mount.
      return try read(folder + "/" + name, reference, checksRights: false)
    }
  }

  private func read(
    _ path: String, _ reference: SecretReference, checksRights: Bool
  ) throws(HostError) -> Secret {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw Self.refusal(
        reference, "\(path): \(String(cString: strerror(errno)))", "Write the secret into that file")
    }
    defer { close(descriptor) }
    // Checked on the open file: a path may come to mean another one in between.
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Self.refusal(
        reference, "\(path) is no ordinary file", "Name a file that holds nothing but the secret")
    }
    if checksRights { try Self.check(status, path, reference) }
    var bytes = [UInt8](repeating: 0, count: Self.maximumBytes + 1)
    defer { wipe(&bytes) }
    var length = 0
    while length < bytes.count {
      let count = bytes[length...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw Self.refusal(reference, "\(path): \(String(cString: strerror(errno)))", "Check the disk")
      }
      if count == 0 { break }
      length += count
    }
    guard length <= Self.maximumBytes else {
      throw Self.refusal(
        reference, "\(path) is larger than \(Self.maximumBytes) bytes",
        "Name a file that holds nothing but the secret")
    }
    // One line end at the end belongs to the editor, not to the secret.
    if length > 0, bytes[length - 1] == UInt8(ascii: "\n") { length -= 1 }
    if length > 0, bytes[length - 1] == UInt8(ascii: "\r") { length -= 1 }
    guard length > 0 else {
      throw Self.refusal(reference, "\(path) is empty", "Write the secret into that file")
    }
    return Secret(bytes[..<length])
  }

  private static func check(_ status: stat, _ path: String, _ reference: SecretReference) throws(HostError) {
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw refusal(
        reference, "\(path) belongs to user \(status.st_uid), and this process runs as user \(geteuid())",
        "chown \(geteuid()) \(path)")
    }
    guard status.st_mode & 0o077 == 0 else {
      let mode = String(status.st_mode & 0o777, radix: 8)
      throw refusal(reference, "\(path) has mode 0\(mode): others can read it", "chmod 600 \(path)")
    }
  }

  private func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { buffer in
      if let start = buffer.baseAddress { explicit_bzero(start, buffer.count) }
    }
  }

  private static func refusal(_ reference: SecretReference, _ why: String, _ advice: String) -> HostError {
    HostError(
      .configuration, "secret-unreadable", "The secret \(reference) cannot be read: \(why)", advice: advice)
  }
}
