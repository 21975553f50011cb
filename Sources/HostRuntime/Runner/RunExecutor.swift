import Foundation

/// Runs the tasks of one run, one after another, on one thread.
///
/// A page passes through some ten tasks and actors. On the shared pool each of these steps may wake another thread, which costs
/// more than the step itself, and a provider that takes its time would hold up other runs.
final class RunExecutor: TaskExecutor {
  private let queue = JobQueue()

  init(_ name: String) {
    let executor = asUnownedTaskExecutor()
    let thread = Thread { [queue] in
      while let jobs = queue.next() { for job in jobs { job.runSynchronously(on: executor) } }
    }
    thread.name = name
    thread.start()
  }

  // Whoever has tasks here keeps this alive: the queue is empty.
  deinit { queue.close() }

  func enqueue(_ job: consuming ExecutorJob) { queue.add(UnownedJob(job)) }
}

/// Jobs on their way from any thread to the one that runs them.
private final class JobQueue: @unchecked Sendable {
  // Unchecked: everything is used under `condition`.
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []
  private var isClosed = false

  func add(_ job: UnownedJob) {
    condition.withLock { jobs.append(job) }
    condition.signal()
  }

  /// Waits for jobs and takes them all; nil at the end.
  func next() -> [UnownedJob]? {
    condition.withLock {
      while jobs.isEmpty {
        if isClosed { return nil }
        condition.wait()
      }
      defer { jobs = [] }
      return jobs
    }
  }

  func close() {
    condition.withLock { isClosed = true }
    condition.signal()
  }
}
