import Foundation
import TestSupport
import Testing

/// A database that the real host has made, of two days of a simulated district: some leave, some come, some
/// change.
final class SyncedDistrict: Sendable {
  private let folder: TemporaryFolder
  var database: URL { folder.file("roster.db") }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("secret", "open-sesame", mode: 0o600)
    for day in 0...1 {
      let simulator = try ToolProcess(
        BuiltTool.simulator,
        [
          "powerschool", "--students", "80", "--change", "20", "--day", "\(day)", "--client-id", "homeroom",
          "--client-secret", "open-sesame", "--exit-with-parent",
        ])
      defer { simulator.send(SIGKILL) }
      try sync(with: try #require(simulator.nextLine()?.split(separator: " ").last.map(String.init)))
    }
  }

  private func sync(with url: String) throws {
    try folder.write(
      "homeroom.json5",
      """
      { database: 'roster.db', providers: ['\(BuiltTool.folder.path)'], integrations: [{ id: 'oak',
        provider: 'powerschool', baseURL: '\(url)', rateLimit: { perMinute: 1000000, burst: 100 },
        auth: { scheme: 'oauth2-client-credentials', clientID: 'homeroom', clientSecret: 'file:secret' } }] }
      """)
    let run = try ToolProcess.run(BuiltTool.homeroom, ["sync", "oak", "--accept"], in: folder.url)
    try #require(run.status == 0, "\(run.text)\(run.errors)")
  }
}
