import Foundation
import HostModel

/// Finds and reads the config file.
package enum ConfigLocator {
  /// A config is written by hand; what is larger is another file.
  static let maximumBytes = 4 << 20
  static let systemPath = "/etc/homeroom/homeroom.json5"

  /// The config file to take: the one asked for, or the first that exists.
  ///
  /// - Throws: a `HostError` that says where it was looked for and how to begin.
  package static func find(
    option: String?, environment: [String: String], currentFolder: String
  ) throws(HostError) -> String {
    if let option { return try existing(option, named: "--config", currentFolder) }
    if let path = environment["HOMEROOM_CONFIG"], !path.isEmpty {
      return try existing(path, named: "HOMEROOM_CONFIG", currentFolder)
    }
    let local = currentFolder + "/homeroom.json5"
    for path in [local, systemPath] where FileManager.default.fileExists(atPath: path) { return path }
    throw HostError(
      .configuration, "config-missing",
      "There is no config: looked for \(local) and \(systemPath), and neither --config nor HOMEROOM_CONFIG "
        + "names another",
      advice:
        "homeroom demo shows everything with a config of its own; docs/getting-started.md has one to copy"
    )
  }

  private static func existing(_ path: String, named source: String, _ folder: String) throws(HostError)
    -> String
  {
    let full = path.hasPrefix("/") ? path : folder + "/" + path
    guard FileManager.default.fileExists(atPath: full) else {
      throw HostError(
        .configuration, "config-missing", "There is no file \(full), which \(source) names",
        advice: "Correct \(source), or leave it out to use ./homeroom.json5")
    }
    return full
  }

  /// Reads and checks the file.
  package static func load(_ file: String) throws -> HostConfig {
    let text = try text(of: file)
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    return try ConfigReader.read(text, file: file, folder: folder)
  }

  private static func text(of file: String) throws(HostError) -> String {
    let bytes: Data
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      guard attributes[.type] as? FileAttributeType != .typeDirectory else {
        throw HostError(.configuration, "config-unreadable", "\(file) is a folder", advice: "Name a file")
      }
      bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    } catch let error as HostError {
      throw error
    } catch {
      throw HostError(
        .configuration, "config-unreadable", "\(file) cannot be read", advice: "Check its owner and mode")
    }
    guard bytes.count <= maximumBytes else {
      throw HostError(
        .configuration, "config-unreadable",
        "\(file) has \(bytes.count) bytes; a config has at most \(maximumBytes)",
        advice: "Name a config file")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HostError(
        .configuration, "config-unreadable", "\(file) is not UTF-8 text", advice: "Save it as UTF-8")
    }
    return text
  }
}
