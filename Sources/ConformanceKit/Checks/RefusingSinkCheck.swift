import CSISPlugin

struct RefusingSinkCheck: Check {
  let name = "refusing-sink"
  let proves = "whichever sink call is refused, the provider returns SIS_E_REFUSED at once"
  let needs = CheckNeeds.recording

  private static let mostSessions = 400

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    var (tried, all) = (0, 0)
    for recording in context.recordings {
      let whole = try RecordedRun(subject, recording)
      let feeds = try HostileAnswers.points(whole)
      let asks = whole.calls.indices.filter {
        whole.calls[$0].call.hasPrefix("next") && whole.calls[$0].answered > 0
      }
      let places = (asks.prefix(2) + feeds).flatMap { call in
        (0..<whole.calls[call].answered).map { (call: call, refusal: $0 + 1) }
      }
      all += places.count
      for place in context.selection(places, most: Self.mostSessions / context.recordings.count) {
        try refuse(subject, recording, place.call, place.refusal)
        tried += 1
      }
    }
    return "\(tried) of \(all) places"
  }

  private func refuse(
    _ subject: Subject, _ recording: LoadedRecording, _ number: Int, _ refusal: Int
  ) throws(CheckFailure) {
    let run = try RecordedRun(subject, recording, round: "sink call \(refusal) refused")
    guard let call = try run.advance(to: number) else { return }
    let result = run.make(call, refusing: refusal)
    guard result.status == SIS_E_REFUSED else {
      throw run.failure(
        "sink call \(refusal) was refused, and it returned \(result.status) "
          + "instead of SIS_E_REFUSED (\(SIS_E_REFUSED))",
        at: result)
    }
    guard result.callsAfterRefusal == 0 else {
      throw run.failure(
        "sink call \(refusal) was refused, and it called the sink \(result.callsAfterRefusal) times more",
        at: result)
    }
  }
}
