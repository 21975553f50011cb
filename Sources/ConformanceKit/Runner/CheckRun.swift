extension Check {
  /// Runs it in this process: what it finds, or why it cannot run.
  package func result(_ context: CheckContext) async -> CheckResult {
    do throws(CheckFailure) {
      switch needs {
      case .file: break
      case .recording:
        if context.recordings.isEmpty { return CheckResult(name, .notRun("no recording")) }
      case .session:
        if let lacks = try context.openings().lacks { return CheckResult(name, .notRun(lacks)) }
      }
      let report = try await run(context)
      if let reason = report.notRun { return CheckResult(name, .notRun(reason)) }
      return CheckResult(name, .passed(report.summary), evidence: report.evidence)
    } catch { return CheckResult(name, .failed(error)) }
  }
}
