import CSISPlugin
import HostModel
import SyncCore

/// "A reader uses a field only if SIS_HAS(pointer, field)": also of a struct that lacks fields of version
/// 1.0.
struct SmallerStructsCheck: Check {
  let name = "smaller-structs"
  let proves = "a struct that is too small is answered with a failure, and nothing behind it is read"
  let needs = CheckNeeds.session

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    var count = 0
    for opening in try context.openings().openings.prefix(1) {
      for missing in steps(MemoryLayout<sis_open>.size) {
        _ = try open(subject, opening, StructSizes(open: -missing), "sis_open smaller by \(missing) bytes")
        count += 1
      }
      for missing in steps(MemoryLayout<sis_sink>.size) {
        _ = try open(subject, opening, StructSizes(sink: -missing), "sis_sink smaller by \(missing) bytes")
        count += 1
      }
      for missing in steps(MemoryLayout<sis_turn>.size) {
        let session = try open(
          subject, opening, StructSizes(turn: -missing), "sis_turn smaller by \(missing) bytes")
        try judge(session?.next(grant: 1, now: opening.now), missing, "sis_turn")
        count += 1
      }
      for missing in steps(MemoryLayout<sis_response>.size) {
        let name = "sis_response smaller by \(missing) bytes"
        let session = try open(subject, opening, StructSizes(response: -missing), name)
        guard let asked = session?.next(grant: 1, now: opening.now), let request = asked.requests.first else {
          continue
        }
        try judge(
          session?.feed(request.id, HTTPResponse(status: 200), grant: 1, now: opening.now, request.place),
          missing,
          "sis_response")
        count += 1
      }
    }
    return "\(count) structs"
  }

  /// How many bytes are missing: all sizes in steps of eight that still hold the size.
  private func steps(_ size: Int) -> [Int] { Array(stride(from: 8, to: size, by: 8)) }

  private func open(
    _ subject: Subject, _ opening: SessionOpening, _ sizes: StructSizes, _ name: String
  ) throws(CheckFailure) -> ProbeSession? {
    let session = ProbeSession(subject, prefix: name, sizes: sizes)
    _ = try session.open(subject, opening)
    return session.isOpen ? session : nil
  }

  /// What lacks a field that the call needs cannot be served. A turn without its time may be.
  private func judge(_ result: CallResult?, _ missing: Int, _ name: String) throws(CheckFailure) {
    guard let result, result.status > SIS_DONE else { return }
    throw CheckFailure(
      "with a \(name) smaller by \(missing) bytes it returned \(result.status), which is no status",
      call: result.call)
  }
}
