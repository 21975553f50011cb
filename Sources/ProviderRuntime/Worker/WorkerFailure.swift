import CSandbox
import Glibc
import HostModel

/// How a worker failed. For a run it is one event, `ProviderFault.Code.crashed`; the sentence says which it
/// was.
package enum WorkerFailure: Error, Sendable, Equatable {
  case signalled(Int32)
  case exited(Int32)
  /// It was caught at a system call, of this number where its signal handler could run.
  case forbiddenCall(UInt32?)
  /// No more memory could be had; the signal that followed, or nil where it merely hung.
  case memoryLimit(bytes: Int, signal: Int32?)
  case processorLimit(seconds: Int)
  case deadline(milliseconds: Int)
  /// It lives, and closed its end of the socket.
  case closedConnection
  case brokeProtocol(String)
  /// It could not be started.
  case notStarted(String)

  /// What it did, as the rest of a sentence that begins with the provider.
  package var sentence: String {
    switch self {
    case .signalled(let signal): "it crashed: \(Self.name(of: signal))"
    case .exited(let status): "it exited with status \(status) in the middle of a call"
    case .forbiddenCall(let number):
      "it made \(Self.callName(number)), which no provider may: \(Self.name(of: SIGSYS))"
    case .memoryLimit(let bytes, let signal):
      "it reached its memory limit of \(bytes >> 20) MiB"
        + (signal.map { ": \(Self.name(of: $0))" } ?? " and did not answer in time")
    case .processorLimit(let seconds): "it used up its \(seconds) s of processor time"
    case .deadline(let milliseconds): "it did not answer within \(milliseconds) ms"
    case .closedConnection: "it closed its connection to the host"
    case .brokeProtocol(let sentence): "it broke the worker protocol: \(sentence)"
    case .notStarted(let words): "its worker process could not be started: \(words)"
    }
  }

  /// - Parameter lastLine: what it wrote to its standard error at last, or empty.
  func fault(lastLine: String, request: UInt64) -> ProviderFault {
    let words = lastLine.isEmpty ? "" : "; it wrote: \(lastLine)"
    return ProviderFault(.crashed, sentence + words, requestID: request)
  }

  private static func callName(_ number: UInt32?) -> String {
    guard let number else { return "a system call" }
    return "the system call \(sandbox_call_name(number).map { String(cString: $0) } ?? "\(number)")"
  }

  private static func name(of signal: Int32) -> String {
    let name: String? =
      switch signal {
      case SIGSEGV: "SIGSEGV"
      case SIGBUS: "SIGBUS"
      case SIGILL: "SIGILL"
      case SIGTRAP: "SIGTRAP"
      case SIGFPE: "SIGFPE"
      case SIGABRT: "SIGABRT"
      case SIGSYS: "SIGSYS"
      case SIGKILL: "SIGKILL"
      case SIGTERM: "SIGTERM"
      case SIGPIPE: "SIGPIPE"
      case SIGXCPU: "SIGXCPU"
      case SIGXFSZ: "SIGXFSZ"
      default: nil
      }
    return "signal \(signal)" + (name.map { " (\($0))" } ?? "")
  }
}
