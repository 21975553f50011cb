import Glibc

/// Which `.so` files some folders hold: two signatures that are equal mean that nothing was changed.
struct FolderSignature: Equatable {
  private struct File: Equatable {
    var path: String
    var inode: UInt64
    var size: Int64
    var seconds: Int
    var nanoseconds: Int
  }

  private var files: [File] = []

  init(_ folders: [String]) {
    for folder in folders {
      guard let stream = opendir(folder) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name.hasSuffix(".so") else { continue }
        let path = folder + "/" + name
        var status = stat()
        guard stat(path, &status) == 0 else { continue }
        files.append(
          File(
            path: path, inode: UInt64(status.st_ino), size: Int64(status.st_size),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec))
      }
    }
    files.sort { $0.path < $1.path }
  }
}
