import Foundation
import Glibc
import TestSupport

/// A folder with a config and a folder of providers, for the provider `paged_roster.c` in any version.
struct ProviderHost {
  let folder: TemporaryFolder

  /// - Parameters:
  ///   - sources: by the id of the integration, the base URL of its source.
  ///   - isolation: of all of them.
  ///   - more: members of each integration.
  init(_ sources: KeyValuePairs<String, String>, isolation: String = "process", more: String = "") throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.file("providers"), withIntermediateDirectories: true)
    let integrations = sources.map { id, url in
      """
          { id: "\(id)", provider: "paged-roster", baseURL: "\(url)", auth: { scheme: "none" },
            rateLimit: { perMinute: 600000, burst: 1000 }, isolation: "\(isolation)", \(more) },
      """
    }
    try folder.write(
      "homeroom.json5",
      """
      {
        database: "roster.db", providers: ["providers"], reload: { onChange: false },
        integrations: [
      \(integrations.joined(separator: "\n"))
        ],
      }
      """)
  }

  var file: URL { folder.file("providers/paged.so") }

  /// Puts a version in place, in one step, as an operator should.
  func install(_ version: String, _ defines: [String] = []) throws {
    let built = try Fixture.provider("paged_roster.c", ["FIXTURE_VERSION=\"\(version)\""] + defines)
    let temporary = folder.file("providers/incoming")
    try? FileManager.default.removeItem(at: temporary)
    try FileManager.default.copyItem(atPath: built, toPath: temporary.path)
    guard rename(temporary.path, file.path) == 0 else { throw Failure(text: "rename: \(errno)") }
  }

  func run(_ words: String...) throws -> ToolRun {
    try ToolProcess.run(BuiltTool.homeroom, words, in: folder.url)
  }

  func export(_ integration: String) throws -> String {
    try run("export", "--format", "jsonl", "--integration", integration).text
  }

  /// A daemon, which is asked for once it listens.
  func serve() throws -> ToolProcess {
    let process = try ToolProcess(BuiltTool.homeroom, ["serve"], in: folder.url)
    guard process.nextLine()?.hasPrefix("serving ") == true else {
      process.send(SIGKILL)
      throw Failure(text: "the host did not start: \(process.wait().errors)")
    }
    return process
  }

  /// The states of the versions, as `providers list --json` has them: "1.0.0 draining".
  func states() throws -> [String] {
    let run = try run("providers", "list", "--json")
    let object = try JSONSerialization.jsonObject(with: run.output) as? [String: Any]
    let providers = object?["providers"] as? [[String: Any]] ?? []
    return providers.map { "\($0["version"] as? String ?? "-") \($0["state"] as? String ?? "-")" }
  }

  struct Failure: Error { var text: String }
}
