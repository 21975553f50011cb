import CHostShim
import Foundation

/// A file that is in memory only, and has a path all the same: thousands of damaged files would keep a disk busy.
final class MemoryFile {
  struct Failure: Error { var words: String }

  private let descriptor: CInt
  let path: String

  init() throws {
    descriptor = homeroom_memfd_create("homeroom-test")
    guard descriptor >= 0 else {
      throw Failure(words: "no file in memory: \(String(cString: strerror(errno)))")
    }
    path = "/proc/self/fd/\(descriptor)"
  }

  convenience init(_ bytes: [UInt8]) throws {
    try self.init()
    try write(bytes)
  }

  deinit { close(descriptor) }

  /// Makes these the whole content.
  func write(_ bytes: [UInt8]) throws {
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      throw Failure(words: "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
