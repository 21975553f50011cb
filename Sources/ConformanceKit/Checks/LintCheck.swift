import HostModel
import ProviderRuntime

/// Looks at the file, and runs nothing of it.
struct LintCheck: Check {
  let name = "lint"
  let proves = "the file asks nothing of a machine that a host would refuse, and exports the entry alone"
  let needs = CheckNeeds.file

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let inspection = try context.inspection()
    let refusals = inspection.findings.filter { $0.refuses(.process) }
    if let first = refusals.first {
      throw CheckFailure("it \(refusals.map(\.sentence).joined(separator: ". It ")). \(first.advice)")
    }
    let needed = inspection.needed.isEmpty ? "no library" : inspection.needed.joined(separator: ", ")
    let remarks = inspection.findings.map { finding in
      finding.severity == .warning
        ? "; warning: it \(finding.sentence)" : "; in a process of its own only: it \(finding.sentence)"
    }
    return CheckReport("\(inspection.byteCount) bytes, needs \(needed)\(remarks.joined())")
  }
}
