import Foundation

/// The pages that a reader is led to.
enum Book {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every page, by name.
  static let names: [String] = {
    let docs = FileManager.default.enumerator(atPath: root.appendingPathComponent("docs").path)
    let pages = (docs?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }
    return ["README.md", "CHANGELOG.md", "plugin-sdk/README.md"] + pages.sorted()
  }()

  static func pages() throws -> [MarkdownPage] { try names.map(MarkdownPage.init) }
}
