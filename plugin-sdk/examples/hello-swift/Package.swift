// swift-tools-version: 6.2
import PackageDescription

// A provider in Swift, outside of Homeroom's own package: all that it needs of the SDK is the product SISKit. It
// carries its own Swift runtime (-static-stdlib): on Linux that of another Swift release would not fit.
let package = Package(
  name: "hello-swift",
  products: [.library(name: "hello_swift", type: .dynamic, targets: ["Hello"])],
  dependencies: [.package(name: "plugin-sdk", path: "../..")],
  targets: [
    // The manifest stands in a section of its own, which only C can say.
    .target(name: "HelloManifest", dependencies: [.product(name: "SISKit", package: "plugin-sdk")]),
    .target(
      name: "Hello", dependencies: ["HelloManifest", .product(name: "SISKit", package: "plugin-sdk")],
      swiftSettings: [.unsafeFlags(["-static-stdlib"])],
      // Exports the entry and nothing else.
      linkerSettings: [
        .unsafeFlags([
          "-static-stdlib", "-Xlinker",
          "--version-script=" + Context.packageDirectory + "/../../exports.map",
        ])
      ]),
  ]
)
