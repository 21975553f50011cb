import Foundation
import TestSupport

/// The SDK's two examples, each built as its first lines say, once in a test run.
enum BuiltExample {
  /// Of `cc`, with one `-I`.
  static func inC() throws -> URL { try c.get() }
  /// Of `swift build`, in a package of its own.
  static func inSwift() throws -> URL { try swift.get() }

  struct Failure: Error, CustomStringConvertible { var description: String }

  private static let c = Result {
    let file = try shelf().appendingPathComponent("libsis_small_api_c.so")
    _ = try Shell.run(
      """
      cc -std=c99 -shared -fPIC -fvisibility=hidden -Wall -Wextra -pedantic -Werror -I plugin-sdk/include \
        -o '\(file.path)' plugin-sdk/examples/c/small_api.c
      """, in: Repository.root)
    return file
  }

  private static let swift = Result {
    // Beside the other things that were built, so that the next run builds only what has changed.
    let folder = try shelf().appendingPathComponent("small-api-swift")
    _ = try Shell.run(
      "swift build --package-path plugin-sdk/examples/swift --scratch-path '\(folder.path)'",
      in: Repository.root)
    return folder.appendingPathComponent("debug/libsis_small_api_swift.so")
  }

  private static func shelf() throws -> URL {
    let shelf = BuiltTool.folder.appendingPathComponent("test-examples")
    try FileManager.default.createDirectory(at: shelf, withIntermediateDirectories: true)
    return shelf
  }
}
