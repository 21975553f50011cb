import Foundation

/// What `homeroom sync --json` said.
package struct SyncSummary {
  package let run: ToolRun
  package let members: [String: Any]

  struct Failure: Error { var text: String }

  package init(_ run: ToolRun) throws {
    self.run = run
    guard let value = try? JSONSerialization.jsonObject(with: run.output) as? [String: Any] else {
      throw Failure(text: "no JSON object: \(run.text)\n\(run.errors)")
    }
    members = value
  }

  package var state: String { members["state"] as? String ?? "" }
  package var errorCode: String? { (members["error"] as? [String: Any])?["code"] as? String }
  package var errorMessage: String { (members["error"] as? [String: Any])?["message"] as? String ?? "" }
  package var isResumed: Bool { members["resumed"] as? Bool ?? false }

  /// The sum of one count over all kinds: `inserted`, `updated`, `removed` ...
  package func total(_ count: String) -> Int {
    kinds.values.reduce(0) { $0 + (($1 as? [String: Any])?[count] as? Int ?? 0) }
  }

  package var changes: Int { ["inserted", "updated", "restored", "removed"].reduce(0) { $0 + total($1) } }
  private var kinds: [String: Any] { members["kinds"] as? [String: Any] ?? [:] }
}
