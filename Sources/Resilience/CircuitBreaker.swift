import HostModel

/// Stops asking a source that is down, and finds out carefully when it is up again (reliability.md 3.1).
///
/// - closed -> open: 5 failures in a row, or at least 50 % of at least 20 exchanges within 60 s.
/// - open -> half-open: after 30 s, doubled each time up to 10 min, +/- 20 %.
/// - half-open: one probe at a time; two successes close it, one failure opens it again.
///
/// Answers carry the generation in which their request was admitted; those of an earlier one are ignored
/// (sony/gobreaker: v2/gobreaker.go).
package struct CircuitBreaker: Sendable, Equatable {
  package enum State: Sendable, Equatable {
    case closed
    case open(until: HostInstant)
    case halfOpen
  }

  package enum Admission: Sendable, Equatable {
    case go(generation: Int)
    /// Ask again from then on.
    case wait(until: HostInstant)
  }

  package static let failuresInARow = 5
  package static let windowMilliseconds: Int64 = 60_000
  package static let windowMinimum = 20
  package static let openCapMilliseconds: Int64 = 600_000
  package static let probeRecheckMilliseconds: Int64 = 250

  /// The first pause.
  package let openMilliseconds: Int64
  package private(set) var state: State = .closed
  package private(set) var generation = 0
  private var row = 0
  /// How often in a row it opened: a probe that fails counts again, a source that is back sets it to 0.
  package private(set) var timesOpened = 0
  private var probing = false
  private var probeSuccesses = 0
  private var windowStart: HostInstant?
  private var windowTotal = 0
  private var windowFailed = 0

  package init(openMilliseconds: Int64 = 30_000) { self.openMilliseconds = openMilliseconds }

  package mutating func admit(now: HostInstant) -> Admission {
    if case .open(let until) = state {
      guard now >= until else { return .wait(until: until) }
      enter(.halfOpen)
    }
    if case .halfOpen = state {
      if probing { return .wait(until: now.advanced(byMilliseconds: Self.probeRecheckMilliseconds)) }
      probing = true
    }
    return .go(generation: generation)
  }

  /// An exchange admitted in `generation` ended. `random` (0..<1) spreads the end of the pause.
  package mutating func record(failed: Bool, generation: Int, now: HostInstant, random: Double) {
    guard generation == self.generation else { return }
    switch state {
    case .open: return
    case .halfOpen:
      probing = false
      if failed { return open(now: now, random: random) }
      probeSuccesses += 1
      if probeSuccesses >= 2 {
        timesOpened = 0
        enter(.closed)
      }
    case .closed:
      row = failed ? row + 1 : 0
      if let start = windowStart, start.milliseconds(until: now) < Self.windowMilliseconds {
        windowTotal += 1
      } else {
        (windowStart, windowTotal, windowFailed) = (now, 1, 0)
      }
      windowFailed += failed ? 1 : 0
      let share = windowTotal >= Self.windowMinimum && windowFailed * 2 >= windowTotal
      if failed, row >= Self.failuresInARow || share { open(now: now, random: random) }
    }
  }

  /// A request that was admitted was never made: frees the probe's place.
  package mutating func abandon(generation: Int) {
    if generation == self.generation { probing = false }
  }

  private mutating func open(now: HostInstant, random: Double) {
    var pause = openMilliseconds
    for _ in 0..<min(timesOpened, 5) { pause = min(pause * 2, Self.openCapMilliseconds) }
    timesOpened += 1
    let spread = 0.8 + 0.4 * min(max(random, 0), 1)
    enter(.open(until: now.advanced(byMilliseconds: Int64(Double(pause) * spread))))
  }

  private mutating func enter(_ next: State) {
    state = next
    generation += 1
    (row, probing, probeSuccesses) = (0, false, 0)
    (windowStart, windowTotal, windowFailed) = (nil, 0, 0)
  }
}
