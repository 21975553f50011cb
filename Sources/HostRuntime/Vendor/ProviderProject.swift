import Foundation
import HostModel
import HostPlatform

/// A new provider's project, made from the templates of the SDK.
package struct ProviderProject: Sendable {
  package enum Language: String, Sendable, CaseIterable {
    case c, swift

    /// For people.
    package var name: String { self == .c ? "C" : "Swift" }
  }

  private let sdk: PluginSDK
  private let language: Language
  private let id: String

  /// - Throws: `provider-name` for an id that no provider may have, `sdk-path` where the SDK lies at a path that cannot
  ///   stand in a Makefile.
  package init(id: String, language: Language, sdk: PluginSDK) throws(HostError) {
    guard Identifier.isValid(id) else {
      throw HostError(
        .configuration, "provider-name", "\"\(id.prefix(80))\" cannot be a provider's id",
        advice: "An id is 1 to 64 of a-z, 0-9 and -, such as oak-sis")
    }
    guard sdk.folder.utf8.allSatisfy(Self.isPlain) else {
      throw HostError(
        .configuration, "sdk-path", "The SDK lies in \(sdk.folder), a path that make cannot take",
        advice: "Set HOMEROOM_SDK to a path of letters, digits and ._+@~- alone; a link to it will do")
    }
    self.id = id
    self.language = language
    self.sdk = sdk
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/._+@~-".utf8.contains(byte)
    }
  }

  /// What stands in the templates for what only the project knows.
  private var placeholders: [(mark: String, value: String)] {
    let words = id.split(separator: "-")
    // Never a keyword, and never a module that the SDK has.
    let module = "\(words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined())Roster"
    return [
      ("@NAME@", id), ("@LIBRARY@", id.replacingOccurrences(of: "-", with: "_")),
      ("@MODULE@", module.first?.isNumber == true ? "SIS" + module : module), ("@SDK@", sdk.folder),
      ("@PROVIDERS@", language == .c ? "." : ".build/debug"),
    ]
  }

  /// Writes the project to a folder that is made for it.
  ///
  /// - Returns: the files, relative to the folder, sorted.
  /// - Throws: `project-exists` where there is something already, which is left as it is; `sdk-templates`, `project-write`.
  package func write(to folder: String) throws(HostError) -> [String] {
    let files = try templates()
    guard mkdir(folder, 0o755) == 0 else {
      guard errno == EEXIST else { throw Self.failure(folder, PlatformError("make the folder \(folder)")) }
      throw HostError(
        .configuration, "project-exists", "There is a \(folder) already",
        advice: "Remove it, or name another --folder")
    }
    do {
      for (name, content) in files {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
          atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
          withIntermediateDirectories: true)
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
      }
    } catch {
      // This process made it, so it may remove it.
      try? FileManager.default.removeItem(atPath: folder)
      throw Self.failure(folder, error)
    }
    return files.map(\.name)
  }

  private static func failure(_ folder: String, _ error: any Error) -> HostError {
    HostError(
      .configuration, "project-write", "The project cannot be written to \(folder): \(error)",
      advice: "Check the rights to it and the disk's space, or name another --folder")
  }

  /// The files of the language and those of both, filled in.
  private func templates() throws(HostError) -> [(name: String, content: String)] {
    var found: [String: String] = [:]
    for part in ["common", language.rawValue] {
      let root = sdk.folder + "/templates/" + part
      guard let names = try? FileManager.default.subpathsOfDirectory(atPath: root) else {
        throw incomplete(root)
      }
      for name in names {
        var isFolder: ObjCBool = false
        // Follows links: what two templates share lies in one place.
        guard FileManager.default.fileExists(atPath: root + "/" + name, isDirectory: &isFolder),
          !isFolder.boolValue
        else { continue }
        guard let text = try? String(contentsOfFile: root + "/" + name, encoding: .utf8) else {
          throw incomplete(root)
        }
        found[name] = placeholders.reduce(text) { $0.replacingOccurrences(of: $1.mark, with: $1.value) }
      }
    }
    guard found["manifest.json"] != nil, found["README.md"] != nil else {
      throw incomplete(sdk.folder + "/templates/" + language.rawValue)
    }
    return found.sorted { $0.key < $1.key }.map { (name: $0.key, content: $0.value) }
  }

  private func incomplete(_ folder: String) -> HostError {
    HostError(
      .configuration, "sdk-templates", "The SDK has no templates, or not all of them, in \(folder)",
      advice: "Install the SDK anew (make install-sdk PREFIX=...)")
  }
}
