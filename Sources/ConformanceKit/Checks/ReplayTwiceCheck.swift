/// A provider is a function of what it is handed: no clock, no randomness, no memory of other sessions, no
/// order that changes from process to process.
struct ReplayTwiceCheck: Check {
  let name = "replay-twice"
  let proves =
    "a recording brings the same bytes each time: one after another, side by side, and in another process"
  let needs = CheckNeeds.recording
  let processes = 2

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    var evidence: [String] = []
    var calls = 0
    for recording in context.recordings {
      let first = try RecordedRun(subject, recording, round: "first time")
      try first.finish()
      let second = try RecordedRun(subject, recording, round: "second time")
      try second.finish()
      try compare(first, second, "the second time")
      let left = try RecordedRun(subject, recording, round: "side by side")
      let right = try RecordedRun(subject, recording, round: "side by side")
      var (leftGoesOn, rightGoesOn) = (true, true)
      while leftGoesOn || rightGoesOn {
        leftGoesOn = try step(left)
        rightGoesOn = try step(right)
      }
      try compare(first, left, "beside another session")
      try compare(first, right, "beside another session")
      calls += first.calls.count
      evidence += first.calls.enumerated().map { number, call in
        "\(recording.name): call \(number), \(call.call): \(Self.fingerprint(call))"
      }
    }
    return CheckReport("\(calls) calls, five times in two processes", evidence: evidence)
  }

  /// One call; false when the run is over.
  private func step(_ run: RecordedRun) throws(CheckFailure) -> Bool {
    guard let call = try run.plan() else { return false }
    try run.perform(call)
    return true
  }

  private func compare(_ first: RecordedRun, _ other: RecordedRun, _ when: String) throws(CheckFailure) {
    for (number, (a, b)) in zip(first.calls, other.calls).enumerated()
    where a.status != b.status || a.events != b.events {
      let place = zip(a.events, b.events).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      let event = place ?? min(a.events.count, b.events.count)
      let what =
        event < a.events.count
        ? a.events[event].name : event < b.events.count ? b.events[event].name : "status"
      throw CheckFailure(
        "\(when) it answers with other bytes, from event \(event + 1) on (\(what))",
        call: other.place(of: number),
        recording: first.recording.name)
    }
    guard first.calls.count == other.calls.count else {
      throw CheckFailure(
        "\(when) it needs \(other.calls.count) calls instead of \(first.calls.count)",
        recording: first.recording.name)
    }
  }

  /// FNV-1a, 64 bits: the same in every process.
  private static func fingerprint(_ call: CallResult) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for event in call.events {
      for byte in event.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ UInt64(event.kind.rawValue)) &* 0x100_0000_01b3
    }
    return "status \(call.status), \(call.events.count) events, " + String(hash, radix: 16)
  }
}
