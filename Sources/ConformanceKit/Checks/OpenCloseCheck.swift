import CHostShim
import HostModel
import SyncCore

struct OpenCloseCheck: Check {
  let name = "open-close"
  let proves =
    "10,000 sessions, opened and closed, leave no memory behind; nor do those that are closed in the middle"
  let needs = CheckNeeds.session

  private static let warmUp = 1_000
  private static let rounds = 10_000
  /// Less than eight bytes a session.
  private static let mostBytes = 65_536
  private static let interrupted = 100

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    for opening in try context.openings().openings.prefix(1) {
      try open(subject, opening, Self.warmUp)
      let before = homeroom_heap_in_use()
      try open(subject, opening, Self.rounds)
      try judge(from: before, "after \(Self.rounds) sessions")
    }
    for recording in context.recordings.prefix(1) {
      for _ in 0..<2 { try interrupt(subject, recording) }
      let before = homeroom_heap_in_use()
      for _ in 0..<Self.interrupted / 10 { try interrupt(subject, recording) }
      try judge(from: before, "after \(Self.interrupted) sessions that were closed in the middle")
    }
    return "\(Self.rounds) sessions"
  }

  private func open(_ subject: Subject, _ opening: SessionOpening, _ count: Int) throws(CheckFailure) {
    for _ in 0..<count {
      let session = ProbeSession(subject, prefix: "")
      let opened = try session.open(subject, opening)
      guard session.isOpen else {
        throw CheckFailure(
          "it opens no session: \(opened.reported?.message ?? "without a word")", call: opened.call)
      }
      session.close()
    }
  }

  /// Closes after 1, 2, ... 10 calls.
  private func interrupt(_ subject: Subject, _ recording: LoadedRecording) throws(CheckFailure) {
    for calls in 1...10 {
      let run = try RecordedRun(subject, recording, round: "closed before call \(calls)")
      _ = try run.advance(to: calls)
      run.session.close()
    }
  }

  private func judge(from before: Int, _ when: String) throws(CheckFailure) {
    let grown = homeroom_heap_in_use() - before
    guard grown <= Self.mostBytes else {
      throw CheckFailure(
        "\(when) \(grown) bytes more are in use: close does not free all that the session holds",
        call: "close")
    }
  }
}
