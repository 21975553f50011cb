// swift-tools-version: 6.2
import PackageDescription

// Where the plugin SDK lies.
let sdk = Context.environment["HOMEROOM_SDK"] ?? "@SDK@"
let siskit = Target.Dependency.product(name: "SISKit", package: "plugin-sdk")

let package = Package(
  name: "@NAME@",
  products: [.library(name: "sis_@LIBRARY@", type: .dynamic, targets: ["@MODULE@"])],
  dependencies: [.package(name: "plugin-sdk", path: sdk)],
  targets: [
    // The manifest stands in a section of its own, which only C can say.
    .target(name: "ProviderManifest", dependencies: [siskit], path: "Sources/Manifest"),
    .target(
      name: "@MODULE@", dependencies: ["ProviderManifest", siskit], path: "Sources/Provider",
      swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-static-stdlib"])],
      linkerSettings: [
        // Its own Swift runtime, since that of another Swift release would not fit; no path of this machine's
        // toolchain; the entry and nothing else exported; whatever lacks is an error here, not at the district's.
        .unsafeFlags([
          "-static-stdlib", "-no-toolchain-stdlib-rpath",
          "-Xlinker", "--version-script=\(sdk)/exports.map", "-Xlinker", "-z", "-Xlinker", "defs",
        ])
      ]),
  ]
)
