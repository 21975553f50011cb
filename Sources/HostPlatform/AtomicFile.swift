import Glibc

/// A file that is either there whole or not at all: written beside its place, flushed, then renamed onto it.
package final class AtomicFile {
  package let path: String
  private let temporary: String
  private var descriptor: Int32

  /// - Parameter mode: the rights of the new file, such as 0600.
  package init(_ path: String, mode: mode_t = 0o644) throws(PlatformError) {
    self.path = path
    temporary = "\(path).\(getpid()).partial"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw PlatformError("write \(path)") }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  package func write(_ bytes: [UInt8]) throws(PlatformError) {
    do {
      try Terminal(descriptor: descriptor, environment: [:]).write(bytes)
    } catch {
      throw PlatformError("write \(path)", code: error.code)
    }
  }

  /// Puts the file in its place. Nothing may be written afterwards; without it nothing is left.
  package func commit() throws(PlatformError) {
    guard fsync(descriptor) == 0 else { throw PlatformError("flush \(path)") }
    guard rename(temporary, path) == 0 else { throw PlatformError("put \(path) in its place") }
    close(descriptor)
    descriptor = -1
  }
}
