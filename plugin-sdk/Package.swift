// swift-tools-version: 6.2
import PackageDescription

// The SDK as a package of its own, for providers that are built outside of Homeroom:
//
//     .package(path: "/path/to/plugin-sdk")
//     .product(name: "SISKit", package: "plugin-sdk")
//
// Homeroom's own Package.swift builds the same sources.
let package = Package(
  name: "plugin-sdk",
  products: [
    // The Swift overlay; it brings the C header, as the module CSISPlugin.
    .library(name: "SISKit", targets: ["SISKit", "CSISPlugin"])
  ],
  targets: [
    .target(name: "CSISPlugin", path: "include", publicHeadersPath: "."),
    .target(
      name: "SISKit", dependencies: ["CSISPlugin"], path: "SISKit",
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableExperimentalFeature("Lifetimes"),
      ]),
  ]
)
