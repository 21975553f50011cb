import Dispatch

/// Where the tasks of one run take turns: on one queue, so that handing work from one to the next wakes no thread.
///
/// A page passes through some ten tasks and actors. On the shared pool each step may wake another thread, which costs more
/// than the step itself.
final class RunExecutor: TaskExecutor {
  private let queue: DispatchQueue

  init(_ label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
