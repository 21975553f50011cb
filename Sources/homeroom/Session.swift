import CommandLineKit
import Glibc
import HostModel
import HostPlatform
import HostRuntime

/// What most commands begin with: the config, and the host on it.
enum Session {
  static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  static func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : currentFolder + "/" + path }

  static func config(_ command: ParsedCommand) throws -> HostConfig {
    let file = try ConfigLocator.find(
      option: command[Options.config], environment: Environment.all, currentFolder: currentFolder)
    return try ConfigLocator.load(file)
  }

  /// The config, if one is named or found.
  static func configIfAny(_ command: ParsedCommand) throws -> HostConfig? {
    do { return try config(command) } catch let error as HostError {
      guard error.code == "config-missing", command[Options.config] == nil else { throw error }
      return nil
    }
  }
}
