import CommandLineKit
import JSON5

/// `version`
enum VersionCommand {
  /// CHANGELOG.md names the same.
  static let version = "0.1.0"
  /// `SIS_ABI_MAJOR.SIS_ABI_MINOR` of plugin-sdk/include/sis_plugin.h.
  static let abi = "1.0"

  static func run(_ console: Console) throws -> ExitCode {
    try console.line("homeroom \(version) (provider ABI \(abi))")
    try console.object(.members(["version": .string(version), "abi": .string(abi)]))
    return .ok
  }
}
