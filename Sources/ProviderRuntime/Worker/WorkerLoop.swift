import CHostShim
import Dispatch
import Foundation

/// The one thread that waits for all workers, so that nobody else has to: a task says what it waits for and
/// until when, and is resumed. It decides nothing and reads nothing.
///
/// It starts the workers too: they are told to end with the thread that started them (PR_SET_PDEATHSIG), and
/// this one lives as long as the process.
final class WorkerLoop: @unchecked Sendable {
  // Unchecked: what changes is read and written under `lock`.

  /// Nil if the system gave no descriptor for it.
  static let shared = WorkerLoop()

  enum Direction { case reading, writing }

  private struct Wait {
    var continuation: CheckedContinuation<Bool, Never>
    var deadline: UInt64
  }

  private let poller: CInt
  /// A pipe: a byte in it wakes the thread.
  private let bell: (reading: CInt, writing: CInt)
  private let lock = NSLock()
  private var waits: [UInt64: Wait] = [:]
  private var jobs: [@Sendable () -> Void] = []
  private var lastID: UInt64 = 0
  /// When the thread looks at the deadlines next, unless something happens before.
  private var wakesAt = UInt64.max

  private init?() {
    poller = homeroom_poller()
    var ends: [CInt] = [-1, -1]
    guard poller >= 0, homeroom_pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    bell = (ends[0], ends[1])
    let thread = Thread { [self] in run() }
    thread.name = "workers"
    thread.stackSize = 1 << 20
    thread.start()
  }

  /// Milliseconds on a clock that never goes back.
  static var now: UInt64 { DispatchTime.now().uptimeNanoseconds / 1_000_000 }

  /// Suspends until `descriptor` is ready or has ended.
  ///
  /// - Returns: false if `deadline` came first.
  nonisolated(nonsending) func wait(
    for descriptor: CInt, _ direction: Direction = .reading, until deadline: UInt64
  ) async -> Bool {
    await withCheckedContinuation { continuation in
      let (id, isEarly) = lock.withLock {
        lastID += 1
        waits[lastID] = Wait(continuation: continuation, deadline: deadline)
        return (lastID, deadline < wakesAt)
      }
      if homeroom_poller_arm(poller, descriptor, direction == .writing ? 1 : 0, id) != 0 {
        resume(id, ready: false)
      } else if isEarly {
        ring()
      }
    }
  }

  /// Does something on the thread of the loop.
  func perform<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      lock.withLock { jobs.append { continuation.resume(returning: body()) } }
      ring()
    }
  }

  private func ring() {
    var byte: UInt8 = 1
    // A full pipe has rung already.
    _ = write(bell.writing, &byte, 1)
  }

  private func resume(_ id: UInt64, ready: Bool) {
    lock.withLock { waits.removeValue(forKey: id) }?.continuation.resume(returning: ready)
  }

  // MARK: - The thread

  private static let bellID = UInt64.max

  private func run() {
    var ids = [UInt64](repeating: 0, count: 64)
    var rings = [UInt8](repeating: 0, count: 64)
    homeroom_poller_arm(poller, bell.reading, 0, Self.bellID)
    while true {
      for job in takeJobs() { job() }
      let count = homeroom_poller_wait(poller, &ids, CInt(ids.count), timeout())
      for id in ids.prefix(max(Int(count), 0)) {
        if id == Self.bellID {
          while read(bell.reading, &rings, rings.count) == rings.count {}
          homeroom_poller_arm(poller, bell.reading, 0, Self.bellID)
        } else {
          resume(id, ready: true)
        }
      }
      let now = Self.now
      let late = lock.withLock { waits.filter { $0.value.deadline <= now }.map(\.key) }
      for id in late { resume(id, ready: false) }
    }
  }

  private func takeJobs() -> [@Sendable () -> Void] {
    lock.withLock {
      defer { jobs = [] }
      return jobs
    }
  }

  /// A planned look at the deadlines is kept although none may be left by then: so a call does not ring the
  /// bell each time, but once in the length of a deadline.
  private func timeout() -> CInt {
    lock.withLock {
      let now = Self.now
      let due = waits.values.map(\.deadline).min() ?? .max
      wakesAt = wakesAt > now ? min(wakesAt, due) : due
      return wakesAt == .max ? -1 : CInt(clamping: wakesAt - min(now, wakesAt) + 1)
    }
  }
}
