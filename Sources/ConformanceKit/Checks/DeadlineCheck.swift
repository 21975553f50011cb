import CSISPlugin
import SyncCore

/// The tool watches the clock in every check; this one makes the calls in which a provider might wait.
struct DeadlineCheck: Check {
  let name = "deadline"
  let proves = "every call of a run comes back in time, also one in which nothing may be asked for"
  let needs = CheckNeeds.recording

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    var calls = 0
    for recording in context.recordings {
      var opening = recording.opening
      opening.maxInFlight = 1
      let run = try RecordedRun(
        subject, recording, opening: opening, isOffTrack: true,
        round: "nothing granted")
      while let call = try run.plan() {
        for _ in 0..<3 {
          let idle = run.session.next(grant: 0, now: recording.opening.now)
          calls += 1
          guard idle.status == SIS_OK || idle.status == SIS_DONE && idle.events.isEmpty, idle.requests.isEmpty
          else {
            throw run.failure(
              idle.requests.isEmpty
                ? "it returned \(idle.status) where nothing was granted"
                : "it asks for more than was granted",
              at: idle)
          }
        }
        try run.perform(call)
        calls += 1
      }
    }
    return "\(calls) calls"
  }
}
