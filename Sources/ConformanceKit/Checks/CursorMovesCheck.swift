import SyncCore

struct CursorMovesCheck: Check {
  let name = "cursor-moves"
  let proves = "a cursor behind new records is a new one, so that an interrupted run gets on"
  let needs = CheckNeeds.recording

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    var count = 0
    for recording in context.recordings {
      let run = try RecordedRun(subject, recording)
      try run.finish()
      var last: Cursor?
      var hasMore = false
      for (number, call) in run.calls.enumerated() {
        hasMore = hasMore || call.events.contains { $0.kind == .record }
        guard call.status >= 0, let cursor = call.resume else { continue }
        if cursor == last, hasMore {
          throw CheckFailure(
            "it saves the same cursor as before, though records came in between: "
              + "a run that is interrupted again and again never ends",
            call: run.place(of: number), recording: recording.name)
        }
        (last, hasMore) = (cursor, false)
        count += 1
      }
    }
    return count == 0 ? "it saves no cursor" : "\(count) cursors"
  }
}
