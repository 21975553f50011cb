import Dispatch

/// Looks at the call under way from a thread of its own, and says so once it is overdue.
package final class Watchdog: Sendable {
  // Used in `init` and `deinit` only.
  private nonisolated(unsafe) let timer: any DispatchSourceTimer

  /// - Parameter bark: told which call is overdue; is to end the process, since a call cannot be ended.
  package init(_ trace: CallTrace, limitMilliseconds: Int64, bark: @escaping @Sendable (String) -> Void) {
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "watchdog"))
    timer.setEventHandler { if let call = trace.overdue(limitMilliseconds) { bark(call) } }
    timer.schedule(deadline: .now(), repeating: .milliseconds(20))
    timer.activate()
    self.timer = timer
  }

  deinit { timer.cancel() }
}
