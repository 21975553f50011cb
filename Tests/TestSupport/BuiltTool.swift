import Foundation

/// The executables and providers that this build made, beside the test bundle.
package enum BuiltTool {
  /// The folder of the running test bundle: `.build/debug`.
  package static let folder: URL = {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let beside = URL(fileURLWithPath: bundle).deletingLastPathComponent()
    // `swift test` may run the bundle by a helper of the toolchain: then the bundle is an argument.
    let candidates = [beside] + CommandLine.arguments.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
    let homeroom = { (folder: URL) in folder.appendingPathComponent("homeroom").path }
    return candidates.first { FileManager.default.isExecutableFile(atPath: homeroom($0)) } ?? beside
  }()

  package static var homeroom: URL { folder.appendingPathComponent("homeroom") }
  package static var providerCheck: URL { folder.appendingPathComponent("sis-provider-check") }
  package static var worker: URL { folder.appendingPathComponent("sis-worker") }
  package static var simulator: URL { folder.appendingPathComponent("sis-simulator") }

  /// The file of a provider that this package builds: `powerschool`, `csv_roster`.
  package static func provider(_ name: String) -> URL { folder.appendingPathComponent("libsis_\(name).so") }
}
