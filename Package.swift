// swift-tools-version: 6.2
import PackageDescription

// Every Swift target: Swift 6 mode, warnings are errors.
let base: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
// Pure targets: besides, no unsafe construct compiles.
let pure = base + [.strictMemorySafety()]

// A provider exports its entry and nothing else, and finds its libraries beside itself or by the system.
// -z defs turns a missing library into a link error; sanitizers need it off.
let exports = Context.packageDirectory + "/plugin-sdk/exports.map"
let sanitizing = Context.environment["HOMEROOM_SANITIZE"] != nil
let providerLink: [LinkerSetting] = [
  .unsafeFlags(
    ["-no-toolchain-stdlib-rpath", "-Xlinker", "--version-script=" + exports]
      + (sanitizing ? [] : ["-Xlinker", "-z", "-Xlinker", "defs"]))
]

// A worker can open no library once it has a provider: all that a provider in Swift may ask for is there
// before, whether the worker uses it or not.
let workerLink: [LinkerSetting] = [
  .unsafeFlags(
    ["-Xlinker", "--no-as-needed"]
      + [
        "SwiftOnoneSupport", "_Concurrency", "_StringProcessing", "_RegexParser", "Synchronization", "Glibc",
      ].map { "-lswift\($0)" })
]

let package = Package(
  name: "homeroom",
  products: [
    .executable(name: "homeroom", targets: ["homeroom"]),
    .executable(name: "sis-simulator", targets: ["sis-simulator"]),
    .executable(name: "sis-provider-check", targets: ["sis-provider-check"]),
    .executable(name: "sis-worker", targets: ["sis-worker"]),
    .library(name: "SISKit", targets: ["SISKit"]),
    .library(name: "sis_powerschool", type: .dynamic, targets: ["PowerSchool"]),
    .library(name: "sis_csv_roster", type: .dynamic, targets: ["CSVRoster"]),
  ],
  targets: [
    // C libraries, each behind one shim header.
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .target(name: "CHostShim"),
    .target(name: "CSandbox"),

    // The plugin SDK: the C ABI, and its Swift overlay.
    .target(name: "CSISPlugin", path: "plugin-sdk/include", publicHeadersPath: "."),
    .target(
      name: "SISKit", dependencies: ["CSISPlugin"], path: "plugin-sdk/SISKit",
      swiftSettings: base + [.enableExperimentalFeature("Lifetimes")]),

    // Providers: each one shared library that knows nothing but the SDK.
    .target(name: "PowerSchoolManifest", dependencies: ["CSISPlugin"], path: "Plugins/PowerSchool/Manifest"),
    .target(
      name: "PowerSchool", dependencies: ["SISKit", "PowerSchoolManifest"], path: "Plugins/PowerSchool",
      exclude: ["Manifest", "manifest.json"], swiftSettings: base, linkerSettings: providerLink),
    .target(
      name: "CSVRoster", dependencies: ["CSISPlugin"], path: "Plugins/CSVRoster",
      publicHeadersPath: ".",
      cSettings: [
        .unsafeFlags(["-std=c99", "-fvisibility=hidden", "-Wall", "-Wextra", "-pedantic", "-Werror"])
      ],
      linkerSettings: providerLink + [.unsafeFlags(["-nostartfiles"])]),

    // Pure: no clock, no randomness, no I/O, nothing unsafe.
    .target(name: "HostModel", swiftSettings: pure),
    .target(name: "Resilience", dependencies: ["HostModel"], swiftSettings: pure),
    .target(name: "OAuthCore", dependencies: ["HostModel"], swiftSettings: pure),
    .target(name: "SyncCore", dependencies: ["HostModel", "Resilience"], swiftSettings: pure),

    // Pure: words of a command line, and of a config file, each with its place.
    .target(name: "CommandLineKit", dependencies: ["HostModel"], swiftSettings: pure),
    .target(name: "JSON5", swiftSettings: pure),

    // Pure: the frames between a worker and the host. With the C structs in them as values: what both sides
    // share.
    .target(
      name: "WorkerProtocol", swiftSettings: pure + [.enableExperimentalFeature("Lifetimes")]),
    .target(name: "ProviderABI", dependencies: ["WorkerProtocol", "CSISPlugin"], swiftSettings: base),

    // Edges: each owns one part of the outside world; none imports another.
    .target(
      name: "CurlTransport", dependencies: ["SyncCore", "HostModel", "CCurl", "CZlib"],
      swiftSettings: base),
    .target(
      name: "SQLiteStore", dependencies: ["SyncCore", "HostModel", "CSQLite"], swiftSettings: base),
    .target(
      name: "ProviderRuntime",
      dependencies: [
        "SyncCore", "HostModel", "WorkerProtocol", "ProviderABI", "CSISPlugin", "CHostShim", "CSandbox",
        "COpenSSL",
        "CXXHash",
      ],
      swiftSettings: base),
    .target(name: "TokenVault", dependencies: ["OAuthCore", "HostModel"], swiftSettings: base),
    .target(name: "HostPlatform", dependencies: ["HostModel", "CHostShim"], swiftSettings: base),
    .target(
      name: "Recordings", dependencies: ["SyncCore", "HostModel", "JSON5", "COpenSSL"], swiftSettings: base),

    // Where the parts meet, and the executables: parse, wire, run.
    .target(
      name: "HostRuntime",
      dependencies: [
        "SyncCore", "OAuthCore", "Resilience", "HostModel", "CurlTransport", "SQLiteStore",
        "ProviderRuntime", "WorkerProtocol", "TokenVault", "HostPlatform", "JSON5", "Recordings",
      ],
      swiftSettings: base),
    .executableTarget(
      name: "homeroom",
      dependencies: [
        "HostRuntime", "CommandLineKit", "JSON5", "HostPlatform", "HostModel", "SyncCore", "TokenVault",
        "SQLiteStore", "Recordings", "ProviderRuntime",
      ],
      swiftSettings: base),

    // What a vendor runs alone: each promise of the contract, tried on a provider's file.
    .target(
      name: "ConformanceKit",
      dependencies: [
        "Recordings", "ProviderRuntime", "ProviderABI", "WorkerProtocol", "HostPlatform", "SyncCore",
        "HostModel", "JSON5", "CSISPlugin", "CHostShim",
      ],
      swiftSettings: base),

    .executableTarget(
      name: "sis-provider-check",
      dependencies: [
        "ConformanceKit", "CommandLineKit", "Recordings", "ProviderRuntime", "HostPlatform", "HostModel",
        "JSON5",
      ],
      swiftSettings: base),

    // Runs one provider without rights. It links what a Swift provider may ask for, since it can open nothing
    // later.
    .executableTarget(
      name: "sis-worker", dependencies: ["ProviderABI", "WorkerProtocol", "CSISPlugin", "CSandbox"],
      swiftSettings: base, linkerSettings: workerLink),

    // What isolation costs: make bench-isolation.
    .executableTarget(
      name: "isolation-benchmark", dependencies: ["ProviderRuntime", "SyncCore", "HostModel"],
      path: "Benchmarks/Isolation", exclude: ["page_provider.c"], swiftSettings: base),

    // The simulated SIS. It shares no code with the host or the providers.
    .target(name: "SimulatorKit", dependencies: ["CZlib"], swiftSettings: base),
    // What a sync costs, measured with the built tools (Benchmarks/README.md).
    .executableTarget(
      name: "homeroom-bench", dependencies: ["CommandLineKit", "HostPlatform", "HostModel", "JSON5"],
      path: "Benchmarks/HomeroomBench", swiftSettings: base),
    .executableTarget(name: "sis-simulator", dependencies: ["SimulatorKit"], swiftSettings: base),

    // What tests share: the built tools as child processes, temporary folders.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: base),
    .testTarget(
      name: "HostRuntimeTests",
      dependencies: [
        "HostRuntime", "Resilience", "HostModel", "SyncCore", "OAuthCore", "TokenVault", "JSON5",
        "CurlTransport", "ProviderRuntime", "HostPlatform", "TestSupport",
      ],
      swiftSettings: base),
    .testTarget(
      name: "CommandLineKitTests", dependencies: ["CommandLineKit", "HostModel"], swiftSettings: base),
    .testTarget(name: "JSON5Tests", dependencies: ["JSON5"], swiftSettings: base),
    .testTarget(
      name: "HostPlatformTests", dependencies: ["HostPlatform", "HostModel", "TestSupport"],
      swiftSettings: base),
    .testTarget(
      name: "TokenVaultTests", dependencies: ["TokenVault", "HostModel", "TestSupport"], swiftSettings: base),
    .testTarget(
      name: "HomeroomTests",
      dependencies: ["homeroom", "CommandLineKit", "HostRuntime", "HostModel", "SyncCore", "TestSupport"],
      exclude: ["Golden"], swiftSettings: base),
    .testTarget(
      name: "SimulatorTests", dependencies: ["SimulatorKit", "sis-simulator", "CZlib"], swiftSettings: base),
    .testTarget(
      name: "SISKitTests", dependencies: ["SISKit", "TestSupport"],
      swiftSettings: base + [.enableExperimentalFeature("Lifetimes")]),
    .testTarget(
      name: "SQLiteStoreTests", dependencies: ["SQLiteStore", "SyncCore", "HostModel", "TestSupport"],
      swiftSettings: base),
    .testTarget(
      name: "PowerSchoolTests", dependencies: ["ProviderRuntime", "SyncCore", "HostModel", "TestSupport"],
      swiftSettings: base),
    .testTarget(
      name: "CurlTransportTests",
      dependencies: ["CurlTransport", "SyncCore", "HostModel", "CZlib", "TestSupport"], swiftSettings: base),
    .testTarget(
      name: "RecordingsTests", dependencies: ["Recordings", "SyncCore", "HostModel", "TestSupport"],
      swiftSettings: base),
    .testTarget(
      name: "ABITests",
      dependencies: [
        "CSISPlugin", "ConformanceKit", "ProviderRuntime", "SyncCore", "HostModel", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: base),
    .testTarget(
      name: "WorkerProtocolTests", dependencies: ["WorkerProtocol", "TestSupport"],
      swiftSettings: base + [.enableExperimentalFeature("Lifetimes")]),
    .testTarget(
      name: "ProviderRuntimeTests",
      dependencies: [
        "ProviderRuntime", "ProviderABI", "WorkerProtocol", "SyncCore", "HostModel", "CSISPlugin",
        "CHostShim",
        "CurlTransport", "TestSupport", "sis-worker",
      ],
      swiftSettings: base),
    .testTarget(
      name: "ConformanceTests", dependencies: ["ConformanceKit", "CSISPlugin", "TestSupport"],
      swiftSettings: base),
    .testTarget(
      name: "SDKTests", dependencies: ["SISKit", "ProviderRuntime", "TestSupport"], exclude: ["CSources"],
      swiftSettings: base + [.enableExperimentalFeature("Lifetimes")]),
    .testTarget(name: "EndToEndTests", dependencies: ["TestSupport"], swiftSettings: base),
    .testTarget(
      name: "DocsTests",
      dependencies: [
        "TestSupport", "SimulatorKit", "CSQLite", "HostRuntime", "HostModel", "ProviderRuntime", "SyncCore",
        "CommandLineKit",
      ],
      swiftSettings: base),
    .testTarget(name: "HostModelTests", dependencies: ["HostModel"], swiftSettings: base),
    .testTarget(name: "ResilienceTests", dependencies: ["Resilience", "HostModel"], swiftSettings: base),
    .testTarget(name: "OAuthCoreTests", dependencies: ["OAuthCore", "HostModel"], swiftSettings: base),
    .testTarget(
      name: "SyncCoreTests", dependencies: ["SyncCore", "Resilience", "HostModel"], swiftSettings: base),
  ],
  cLanguageStandard: .c11
)
