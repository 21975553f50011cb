import Foundation
import TestSupport

/// What `sis-provider-check --json` said.
struct CheckSummary {
  struct Check {
    var name: String
    var result: String
    var detail: String
    var call: String
    var recording: String
    var seed: String?
  }

  let run: ToolRun
  let passed: Bool
  let complete: Bool
  let checks: [Check]

  struct Failure: Error { var text: String }

  init(_ arguments: [String]) throws {
    run = try ToolProcess.run(BuiltTool.providerCheck, arguments + ["--json"])
    let line = run.text.split(separator: "\n").last { $0.hasPrefix("{\"file\":") } ?? ""
    guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let checks = object["checks"] as? [[String: Any]]
    else { throw Failure(text: "no JSON object: \(run.text)\n\(run.errors)") }
    passed = object["passed"] as? Bool ?? false
    complete = object["complete"] as? Bool ?? false
    self.checks = checks.map { check in
      func text(_ key: String) -> String { check[key] as? String ?? "" }
      return Check(
        name: text("check"), result: text("result"), detail: text("detail"), call: text("call"),
        recording: text("recording"), seed: check["seed"] as? String)
    }
  }

  func names(_ result: String) -> [String] { checks.filter { $0.result == result }.map(\.name) }
  subscript(_ name: String) -> Check? { checks.first { $0.name == name } }
}
