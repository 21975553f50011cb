/// A host of a later minor version lends larger structs; this one's own end where its header says.
struct LargerStructsCheck: Check {
  let name = "larger-structs"
  let proves =
    "it works with a newer host, whose structs are larger, and reads nothing behind those of this one"
  let needs = CheckNeeds.recording

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    let sizes = [0, 8, 64, 1_024]
    for recording in context.recordings {
      let plain = try RecordedRun(subject, recording)
      try plain.finish()
      for extra in sizes {
        let round = extra == 0 ? "structs before unreadable memory" : "structs larger by \(extra) bytes"
        let run = try RecordedRun(subject, recording, sizes: .all(extra), round: round)
        try run.finish()
        for (number, (a, b)) in zip(plain.calls, run.calls).enumerated()
        where a.substance != b.substance || a.status != b.status {
          throw CheckFailure(
            "with \(round) it answers otherwise", call: run.place(of: number), recording: recording.name)
        }
      }
    }
    return "structs larger by \(sizes.map(String.init).joined(separator: ", ")) bytes"
  }
}
