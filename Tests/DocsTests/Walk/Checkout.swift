import Foundation
import TestSupport

/// What lies before a reader of the book: the repository, built. The built tools are those of the tests; the
/// SDK is a copy, so that what a reader builds in it stays apart; everything else is linked.
struct Checkout {
  private let folder: TemporaryFolder
  var url: URL { folder.file("homeroom") }

  init() throws {
    folder = try TemporaryFolder()
    let files = FileManager.default
    try files.createDirectory(at: url.appendingPathComponent(".build"), withIntermediateDirectories: true)
    try files.createSymbolicLink(
      at: url.appendingPathComponent(".build/release"), withDestinationURL: BuiltTool.folder)
    for name in ["Makefile", "Package.swift", "Sources", "Plugins", "Tests", "docs"] {
      try files.createSymbolicLink(
        at: url.appendingPathComponent(name), withDestinationURL: Book.root.appendingPathComponent(name))
    }
    try copy("plugin-sdk")
  }

  private func copy(_ name: String) throws {
    let files = FileManager.default
    let source = Book.root.appendingPathComponent(name)
    try files.createDirectory(at: url.appendingPathComponent(name), withIntermediateDirectories: true)
    for entry in try files.contentsOfDirectory(at: source, includingPropertiesForKeys: [.isDirectoryKey]) {
      let path = name + "/" + entry.lastPathComponent
      // What somebody built there by hand.
      guard entry.lastPathComponent != ".build" else { continue }
      if try entry.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true {
        try copy(path)
      } else {
        try files.copyItem(at: entry, to: url.appendingPathComponent(path))
      }
    }
  }
}
