import SyncCore

struct ResponseOrderCheck: Check {
  let name = "response-order"
  let proves = "with several requests under way the order of their answers does not matter"
  let needs = CheckNeeds.recording

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    var most = 0
    for recording in context.recordings {
      let whole = try RecordedRun(subject, recording)
      try whole.finish()
      guard whole.ending == .done else { continue }
      var wide = recording.opening
      wide.maxInFlight = 8
      let rounds: [(String, FeedOrder, SessionOpening)] =
        [
          ("last answer first", .lastFirst, recording.opening),
          ("last answer first, 8 under way", .lastFirst, wide),
        ]
        + (0..<3).map { index in
          let order = FeedOrder.shuffled(SplitMix64(seed: context.seed &+ UInt64(index)))
          return ("shuffled", order, index == 0 ? recording.opening : wide)
        }
      for (round, order, opening) in rounds {
        // With more room it may ask ahead, for what was not recorded.
        let isWider = opening.maxInFlight > recording.opening.maxInFlight
        let run = try RecordedRun(
          subject, recording, opening: opening, order: order, isOffTrack: isWider, round: round)
        try run.finish()
        guard run.ending != .cutOff else { continue }
        most = max(most, run.mostUnderWay)
        if let difference = whole.roster.difference(to: run.roster) {
          throw CheckFailure(
            "\(round), \(difference)", call: run.place(of: run.calls.count - 1), recording: recording.name,
            seed: context.seed)
        }
      }
    }
    return most < 2 ? "it never has two requests under way" : "up to \(most) under way"
  }
}
