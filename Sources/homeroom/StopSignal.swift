import HostPlatform
import Synchronization

/// SIGINT and SIGTERM: the first stops what runs in good order, the second ends the process at once. SIGHUP, where a
/// command wants it, asks to look at the files again.
final class StopSignal: Sendable {
  private struct State {
    var signal: Int32?
    var cancel: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// - Parameter hangUp: what SIGHUP does; nil leaves it as it is.
  init(hangUp: (@Sendable () -> Void)? = nil) throws {
    let both = [SignalWatcher.interrupt, SignalWatcher.terminate]
    let signals = try SignalWatcher.watch(hangUp == nil ? both : both + [SignalWatcher.hangUp])
    Task { [weak self] in
      for await signal in signals {
        if signal == SignalWatcher.hangUp {
          hangUp?()
          continue
        }
        SignalWatcher.release(both)
        self?.arrived(signal)
      }
    }
  }

  /// The signal that asked to stop, if one did.
  var signal: Int32? { state.withLock(\.signal) }

  private func arrived(_ signal: Int32) {
    let cancel = state.withLock { state in
      if state.signal == nil { state.signal = signal }
      return state.cancel
    }
    cancel?()
  }

  /// Runs the body as a task that a signal cancels, also one that came before.
  func cancelling<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value {
    let task = Task { await body() }
    let isStopped = state.withLock { state in
      state.cancel = { task.cancel() }
      return state.signal != nil
    }
    if isStopped { task.cancel() }
    defer { state.withLock { $0.cancel = nil } }
    return await task.value
  }

  /// Waits until a signal asks to stop.
  func wait() async -> Int32? {
    await cancelling { try? await Task.sleep(for: .seconds(86_400 * 365)) }
    return signal
  }
}
