import Foundation

/// A folder with a config, a secret and a database: what a district has, driven by the real `homeroom`.
package struct DistrictHost {
  package let folder: TemporaryFolder
  package static let secret = "correct-horse-battery-staple"

  /// - Parameter library: the provider's file; nil for the one that this package builds under its id.
  package init(
    baseURL: String, provider: String = "powerschool", auth: String? = nil, extra: String = "",
    library: URL? = nil
  ) throws {
    folder = try TemporaryFolder()
    try folder.write("secret", Self.secret + "\n", mode: 0o600)
    try FileManager.default.createDirectory(at: folder.file("providers"), withIntermediateDirectories: true)
    let file = provider.replacingOccurrences(of: "-", with: "_")
    try FileManager.default.createSymbolicLink(
      at: folder.file("providers/libsis_\(file).so"), withDestinationURL: library ?? BuiltTool.provider(file))
    let credentials =
      auth ?? #"{ scheme: "oauth2-client-credentials", clientID: "homeroom", clientSecret: "file:secret" }"#
    try folder.write(
      "homeroom.json5",
      """
      // A district as the tests set it up.
      {
        database: "roster.db",
        providers: ["providers"],
        integrations: [
          {
            id: "oak-district", provider: "\(provider)", baseURL: "\(baseURL)",
            auth: \(credentials),
            rateLimit: { perMinute: 600000, burst: 1000 },
            breaker: { openSeconds: 1 },
            \(extra)
          },
        ],
      }
      """)
  }

  package static let simulatorCredentials = ["--client-id", "homeroom", "--client-secret", secret]

  package var database: URL { folder.file("roster.db") }

  /// Points the integration at another address, as when the SIS moved.
  package func rebase(from old: String, to new: String) throws {
    let config = try String(contentsOf: folder.file("homeroom.json5"), encoding: .utf8)
    try folder.write("homeroom.json5", config.replacingOccurrences(of: old, with: new))
  }

  package func start(_ arguments: String...) throws -> ToolProcess {
    try ToolProcess(BuiltTool.homeroom, arguments, in: folder.url)
  }

  package func run(_ arguments: String...) throws -> ToolRun {
    try ToolProcess.run(BuiltTool.homeroom, arguments, in: folder.url)
  }

  /// The report of a `sync --json`.
  package func sync(_ more: String...) throws -> SyncSummary {
    let run = try ToolProcess.run(
      BuiltTool.homeroom, ["sync", "oak-district", "--json"] + more, in: folder.url)
    return try SyncSummary(run)
  }

  package func export() throws -> String { try run("export", "--format", "jsonl").text }
}
