import Foundation
import HostModel
import HostPlatform

/// The plugin SDK on this machine: header, Swift overlay, linker map, templates.
package struct PluginSDK: Sendable {
  /// An absolute path.
  package let folder: String

  /// Finds the SDK: where `HOMEROOM_SDK` says, else where `make install-sdk` puts it beside the executable, else in
  /// the repository that the executable was built in.
  ///
  /// - Throws: `sdk-missing`.
  package static func find(environment: [String: String], currentFolder: String) throws(HostError)
    -> PluginSDK
  {
    if let named = environment["HOMEROOM_SDK"], !named.isEmpty {
      let folder = named.hasPrefix("/") ? named : currentFolder + "/" + named
      guard holdsSDK(folder) else {
        throw missing("HOMEROOM_SDK names \(named), which holds no include/sis_plugin.h")
      }
      return PluginSDK(folder: standardized(folder))
    }
    let beside = Environment.executableFolder ?? "."
    let candidates = ["/../share/homeroom/plugin-sdk", "/../../../plugin-sdk"].map {
      standardized(beside + $0)
    }
    guard let folder = candidates.first(where: holdsSDK) else {
      throw missing("There is no plugin SDK in \(candidates.joined(separator: ", nor in "))")
    }
    return PluginSDK(folder: folder)
  }

  private static func holdsSDK(_ folder: String) -> Bool {
    FileManager.default.isReadableFile(atPath: folder + "/include/sis_plugin.h")
  }

  private static func standardized(_ folder: String) -> String {
    URL(fileURLWithPath: folder).standardizedFileURL.path
  }

  private static func missing(_ found: String) -> HostError {
    HostError(
      .configuration, "sdk-missing", found,
      advice:
        "Install it (make install-sdk PREFIX=...), or set HOMEROOM_SDK to the folder plugin-sdk of Homeroom")
  }
}
