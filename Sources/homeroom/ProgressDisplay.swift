import HostPlatform
import HostRuntime
import Synchronization

/// Progress on stderr: one living line on a terminal, a plain line every few seconds in a pipe.
final class ProgressDisplay: Sendable {
  /// Ten times a second is as often as an eye can read; a log wants less.
  private static let liveMilliseconds: Int64 = 100
  private static let plainMilliseconds: Int64 = 5_000

  private struct State {
    var line = LiveLine(.errors)
    var shownAt: Int64
  }

  private let name: String
  private let isLive: Bool
  private let isQuiet: Bool
  private let state: Mutex<State>

  /// - Parameter isQuiet: in a pipe, say nothing: a script reads the result.
  init(_ name: String, isQuiet: Bool) {
    self.name = name
    self.isQuiet = isQuiet
    isLive = Terminal.errors.isLive
    // In a pipe the first line comes after the first pause: a short run has only its result to tell.
    state = Mutex(State(shownAt: isLive ? .min : SystemClock.monotonicMilliseconds))
  }

  func show(_ progress: SyncProgress) {
    guard isLive || !isQuiet else { return }
    let pause = isLive ? Self.liveMilliseconds : Self.plainMilliseconds
    state.withLock { state in
      let now = SystemClock.monotonicMilliseconds
      guard state.shownAt == .min || now - state.shownAt >= pause else { return }
      state.shownAt = now
      let text = Self.text(name, progress)
      if isLive { state.line.show(text) } else { try? Terminal.errors.write(text + "\n") }
    }
  }

  func end() { state.withLock { $0.line.clear() } }

  static func text(_ name: String, _ progress: SyncProgress) -> String {
    let elapsed = max(progress.elapsedMilliseconds, 1)
    let rate = Int(clamping: Int64(clamping: progress.received) / max(elapsed / 1000, 1))
    var text = "\(name): \(progress.phase), \(Figures.grouped(progress.received)) records, "
    text += "\(Figures.grouped(progress.pages)) pages, \(Figures.grouped(rate)) records/s, "
    text += "\(Figures.seconds(progress.elapsedMilliseconds)) s"
    if let waiting = progress.waiting { text += "; waiting: \(waiting)" }
    return text
  }
}
