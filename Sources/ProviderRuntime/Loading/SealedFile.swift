import CHostShim
import COpenSSL
import Glibc
import HostModel

/// A copy of a file in memory that nothing can change any more: what is checked is what is loaded, whatever happens to
/// the file (docs/decisions/0007-sealed-copies.md).
final class SealedFile: @unchecked Sendable {
  // Unchecked: everything is set in `init`, and the mapping is read-only and sealed.

  /// A provider is some hundred KB; no file of this size is one.
  static let maximumBytes = 256 << 20

  let path: String
  let descriptor: CInt
  let count: Int
  private let base: UnsafeRawPointer

  /// - Parameter followsLinks: may the path be a symbolic link? A folder above it may always be one.
  /// - Throws: `provider-unreadable` for what cannot be read or is no regular file; `provider-link`.
  init(_ path: String, followsLinks: Bool) throws(HostError) {
    func refuse(_ found: String) -> HostError {
      ProviderRefusal.error(
        "provider-unreadable", path, found,
        advice: "Give the path of a provider's .so file that this user may read")
    }
    let source = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW))
    guard source >= 0 || errno != ELOOP || followsLinks else {
      throw ProviderRefusal.error(
        "provider-link", path, "is a symbolic link, which is not followed here",
        advice: "Put the file itself in its place (docs/trust.md, \"Symbolic links\")")
    }
    guard source >= 0 else { throw refuse("cannot be opened: \(String(cString: strerror(errno)))") }
    defer { Glibc.close(source) }
    var status = stat()
    guard fstat(source, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw refuse("is not a regular file")
    }
    guard status.st_size > 0 else { throw refuse("is empty") }
    guard status.st_size <= Self.maximumBytes else {
      throw refuse("has \(status.st_size) bytes; \(Self.maximumBytes) are the most")
    }
    let copy = homeroom_memfd_create("sis-provider")
    guard copy >= 0 else { throw refuse("cannot be copied into memory: \(String(cString: strerror(errno)))") }
    var copied = 0
    while true {
      let sent = sendfile(copy, source, nil, 1 << 20)
      if sent < 0, errno == EINTR { continue }
      guard sent >= 0, copied <= Self.maximumBytes else {
        Glibc.close(copy)
        throw refuse("cannot be copied into memory: \(String(cString: strerror(errno)))")
      }
      if sent == 0 { break }
      copied += sent
    }
    guard copied > 0, homeroom_memfd_seal(copy) == 0,
      let map = mmap(nil, copied, PROT_READ, MAP_SHARED, copy, 0), map != MAP_FAILED
    else {
      Glibc.close(copy)
      throw refuse("cannot be sealed in memory: \(String(cString: strerror(errno)))")
    }
    self.path = path
    descriptor = copy
    count = copied
    base = UnsafeRawPointer(map)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: base), count)
    close(descriptor)
  }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }
}
