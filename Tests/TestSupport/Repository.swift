import Foundation

/// The files of this repository, as they lay when the tests were compiled.
package enum Repository {
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  package static func file(_ path: String) -> URL { root.appendingPathComponent(path) }

  /// What a vendor is given to build against.
  package static let header = file("plugin-sdk/include/sis_plugin.h")
}
