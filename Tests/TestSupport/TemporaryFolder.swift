import Foundation

/// A folder that is gone when its owner is.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("homeroom-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  package func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// Writes a file, its folders made where they lack.
  @discardableResult
  package func write(_ name: String, _ text: String, mode: Int = 0o644) throws -> URL {
    try write(name, Data(text.utf8), mode: mode)
  }

  @discardableResult
  package func write(_ name: String, _ data: Data, mode: Int = 0o644) throws -> URL {
    let target = file(name)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: target)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: target.path)
    return target
  }
}
