import SyncCore

struct ResumeCheck: Check {
  let name = "resume"
  let proves =
    "from every cursor that it saves, the rest of the run brings the records that are missing, and no others"
  let needs = CheckNeeds.recording

  private static let most = 64

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    var (tried, all) = (0, 0)
    for recording in context.recordings {
      let whole = try RecordedRun(subject, recording)
      try whole.finish()
      guard whole.ending == .done else { continue }
      var places: [(number: Int, cursor: Cursor, soFar: Roster)] = []
      var soFar = Roster()
      for (number, call) in whole.calls.enumerated() {
        if call.status >= 0 { soFar.take(call.events) }
        if call.status >= 0, let cursor = call.resume { places.append((number, cursor, soFar)) }
      }
      all += places.count
      for place in context.selection(places, most: Self.most) {
        try resume(subject, recording, whole, at: place)
        tried += 1
      }
    }
    return all == 0 ? "it saves no cursor" : "from \(tried) of \(all) cursors"
  }

  private func resume(
    _ subject: Subject, _ recording: LoadedRecording, _ whole: RecordedRun,
    at place: (number: Int, cursor: Cursor, soFar: Roster)
  ) throws(CheckFailure) {
    var opening = recording.opening
    opening.cursor = place.cursor
    let saved = "the cursor saved by \(whole.place(of: place.number))"
    let rest = try RecordedRun(subject, recording, opening: opening, round: "from " + saved)
    guard rest.session.isOpen else {
      throw CheckFailure(
        "it does not open again from \(saved): \(rest.calls.last?.reported?.message ?? "without a word")",
        call: "open",
        recording: recording.name)
    }
    try rest.finish()
    guard rest.ending == .done else { throw rest.failure("from \(saved) the run does not come to its end") }
    var roster = place.soFar
    for call in rest.calls where call.status >= 0 { roster.take(call.events) }
    if let difference = whole.roster.difference(to: roster) {
      throw CheckFailure("from \(saved), \(difference)", call: "open", recording: recording.name)
    }
  }
}
