// swift-tools-version: 6.2
import PackageDescription

// Where the SDK lies: beside this example, or where a copy of it is told to look.
let sdk = Context.environment["HOMEROOM_SDK"] ?? Context.packageDirectory + "/../.."
let siskit = Target.Dependency.product(name: "SISKit", package: "plugin-sdk")

let package = Package(
  name: "small-api-swift",
  products: [.library(name: "sis_small_api_swift", type: .dynamic, targets: ["SmallAPI"])],
  dependencies: [.package(name: "plugin-sdk", path: sdk)],
  targets: [
    // The manifest stands in a section of its own, which only C can say.
    .target(name: "SmallAPIManifest", dependencies: [siskit], path: "Sources/Manifest"),
    .target(
      name: "SmallAPI", dependencies: ["SmallAPIManifest", siskit],
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
