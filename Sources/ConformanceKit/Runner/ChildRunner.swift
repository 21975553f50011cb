import Glibc
import HostPlatform
import JSON5

/// Runs each check in a process of its own, so that whatever the provider does, the tool lives and knows
/// the call.
package struct ChildRunner: Sendable {
  /// The tool itself.
  let executable: String
  /// What every child is told: the provider's file, recordings, seed.
  let arguments: [String]
  /// A file in which a child keeps its call.
  let traceFile: String
  /// The names of the recordings, for messages.
  let recordings: [String]

  /// No check needs that long: what does hangs outside of any call.
  private static let limitMilliseconds: Int64 = 900_000

  package init(executable: String, arguments: [String], traceFile: String, recordings: [String]) {
    self.executable = executable
    self.arguments = arguments
    self.traceFile = traceFile
    self.recordings = recordings
    // A crash is what is looked for: no core, no backtrace that takes seconds.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    setenv("SWIFT_BACKTRACE", "enable=no", 1)
  }

  package func run(_ check: any Check) -> CheckResult {
    var result = once(check)
    for _ in 1..<max(check.attempts, 1) {
      guard case .failed = result.outcome else { break }
      result = once(check)
    }
    for _ in 1..<max(check.processes, 1) {
      guard case .passed = result.outcome else { break }
      let other = once(check)
      guard case .passed = other.outcome else { return other }
      guard
        let index = zip(result.evidence, other.evidence).enumerated().first(where: { $1.0 != $1.1 })?.offset
      else {
        continue
      }
      // "NAME: call 3, feed(...): status 0, 5 events, 1f..."
      let line = other.evidence[index]
      let call = line.firstRange(of: ": status").map { String(line[..<$0.lowerBound]) } ?? line
      return CheckResult(
        check.name,
        .failed(
          CheckFailure("another process answers with other bytes", call: call, recording: recording(in: line))
        ))
    }
    result.evidence = []
    return result
  }

  private func once(_ check: any Check) -> CheckResult {
    let child: ChildProcess
    do throws(PlatformError) {
      child = try ChildProcess(
        executable, arguments + ["--only", check.name, "--in-process", "--json", "--trace", traceFile])
    } catch { return CheckResult(check.name, .failed(CheckFailure("\(error)"))) }
    let deadline = SystemClock.monotonicMilliseconds + Self.limitMilliseconds
    var result: CheckResult?
    // Whatever a provider prints comes here, too.
    while let line = child.readLine(timeoutMilliseconds: max(deadline - SystemClock.monotonicMilliseconds, 0))
    {
      if line.hasPrefix(Self.marker) { result = Self.read(line) }
    }
    if SystemClock.monotonicMilliseconds >= deadline {
      child.stop()
      return died(check, "the check did not come to its end within \(Self.limitMilliseconds / 1_000) s")
    }
    let ending = child.wait()
    if let result { return result }
    switch ending {
    case .signalled(let signal):
      return died(check, "the process died of signal \(signal) (\(String(cString: strsignal(signal))))")
    case .exited(let status):
      return died(check, "the process ended with status \(status): something called exit")
    }
  }

  private func died(_ check: any Check, _ how: String) -> CheckResult {
    let call = CallTrace.lastCall(in: traceFile)
    return CheckResult(
      check.name,
      .failed(
        CheckFailure(
          call.isEmpty ? how + ", outside of any call" : how, call: call, recording: recording(in: call),
          seed: FuzzCheck.seed(in: call))))
  }

  private func recording(in text: String) -> String {
    recordings.filter { LoadedRecording.isNamed($0, in: text) }.max { $0.count < $1.count } ?? ""
  }

  /// How the line with a report begins.
  package static let marker = "{\"file\":"

  private static func read(_ line: String) -> CheckResult? {
    guard let node = try? JSON5Reader.read(line), case .object(let members) = node.value,
      case .array(let checks)? = members.first(where: { $0.key == "checks" })?.node.value
    else { return nil }
    return checks.first.flatMap { CheckResult($0) }
  }
}
