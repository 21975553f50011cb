import CommandLineKit
import HostModel
import HostRuntime
import JSON5
import ProviderRuntime

/// `providers verify`
enum VerifyCommand {
  static func run(_ command: ParsedCommand, _ console: Console) throws -> ExitCode {
    let config = try Session.configIfAny(command)
    let inspection = try Host.inspection(Session.absolute(command.positionals.first ?? ""), config)
    let refusal = refusal(inspection, .process)
    let description = ProviderDescription(inspection)
    try console.object(
      .object(
        description.jsonMembers + [
          JSONValue.Member("ok", .bool(refusal == nil)),
          JSONValue.Member("okInProcess", .bool(self.refusal(inspection, .inProcess) == nil)),
          JSONValue.Member("reason", refusal?.json ?? .null),
        ]))
    try lines(inspection, config, console)
    guard let refusal else {
      try console.line(
        "\nIt may be loaded\(self.refusal(inspection, .inProcess) == nil ? "" : ", in a process of its own only")."
      )
      if inspection.verdict.isWarning { console.advise(inspection.verdict.advice) }
      return .ok
    }
    console.say("\(refusal.message).", next: refusal.advice)
    return .failed
  }

  private static func lines(
    _ inspection: ProviderLibrary.Inspection, _ config: HostConfig?, _ console: Console
  ) throws {
    let verdict = inspection.verdict
    let isSigned = inspection.digest != inspection.libraryDigest
    for (name, value) in [
      ("file", inspection.path), ("provider", "\(inspection.manifest.id) \(inspection.manifest.version)"),
      ("sha256", inspection.digest),
      ("library", isSigned ? "\(inspection.libraryDigest) (sha256 without the signature)" : "the same"),
      ("signature", "\(verdict.state.rawValue): it \(verdict.found)"),
      ("trust", config?.trust?.folder ?? "not configured"),
      ("lint", inspection.findings.isEmpty ? "nothing found" : "\(inspection.findings.count) found"),
    ] {
      try console.line(name + String(repeating: " ", count: 11 - name.count) + value)
    }
    guard !inspection.findings.isEmpty else { return }
    try console.line("")
    try console.table(
      ["severity", "rule", "found", "due"],
      inspection.findings.map { [$0.severity.rawValue, $0.rule.rawValue, $0.found, $0.allowed] })
  }

  private static func refusal(_ inspection: ProviderLibrary.Inspection, _ isolation: Isolation) -> HostError?
  {
    do throws(HostError) {
      try inspection.demand(isolation)
      return nil
    } catch { return error }
  }
}
