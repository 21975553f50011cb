import Foundation

/// The Swift runtime that this process runs on.
package enum SwiftRuntime {
  /// The folder of its libraries, where a program that is no Swift program finds what a provider of this package needs:
  /// the build links every provider against it.
  package static let libraries: URL? = {
    // Read to its end: a whole-file read stops after one buffer of a file that says it has no size.
    let maps = FileHandle(forReadingAtPath: "/proc/self/maps")?.readDataToEndOfFile() ?? Data()
    let line = String(decoding: maps, as: UTF8.self).split(separator: "\n")
      .first { $0.hasSuffix("/libswiftCore.so") }
    return line.flatMap { line in line.firstIndex(of: "/").map { URL(fileURLWithPath: String(line[$0...])) }
    }?
    .deletingLastPathComponent()
  }()

  /// Where its toolchain keeps clang: `usr/bin` beside `usr/lib/swift/linux`.
  static let tools = libraries?.appendingPathComponent("../../../bin").standardizedFileURL
}
