import CSISPlugin
import SyncCore

struct ForeignCursorCheck: Check {
  let name = "foreign-cursor"
  let proves = "a cursor that it did not write is refused with SIS_E_CURSOR, or read without harm"
  let needs = CheckNeeds.session

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    let versions = [subject.table.pointee.cursor_oldest, subject.table.pointee.cursor_version]
    var (refused, taken) = (0, 0)
    for opening in try context.openings().openings.prefix(1) {
      for (index, bytes) in Self.cursors(context).enumerated() {
        var opening = opening
        opening.cursor = Cursor(version: versions[index % 2], bytes: bytes)
        let session = ProbeSession(subject, prefix: "cursor \(index)")
        let opened = try session.open(subject, opening)
        guard session.isOpen else {
          refused += 1
          guard opened.reported?.code == SIS_E_CURSOR else {
            let said = opened.reported.map { "with status \($0.code)" } ?? "without a word"
            throw CheckFailure(
              "it refuses a cursor that it did not write \(said); SIS_E_CURSOR makes the host read all",
              call: opened.call + ": " + Self.shown(bytes))
          }
          continue
        }
        taken += 1
        _ = session.next(grant: 1, now: opening.now)
      }
    }
    return "\(refused) refused, \(taken) read"
  }

  private static func cursors(_ context: CheckContext) -> [[UInt8]] {
    var random = SplitMix64(seed: context.seed)
    let fixed: [[UInt8]] = [
      [0], [255], Array("x".utf8), Array("null".utf8), Array("{}".utf8), Array("-1 -1 -1".utf8),
      Array("99999999999999999999".utf8), [UInt8](repeating: 0, count: 65_536),
      [UInt8](repeating: 0x39, count: 65_536),
    ]
    return fixed
      + (0..<200).map { _ in
        (0..<Int.random(in: 1...64, using: &random)).map { _ in
          UInt8.random(in: .min ... .max, using: &random)
        }
      }
  }

  static func shown(_ bytes: [UInt8]) -> String {
    bytes.prefix(16).map { String($0, radix: 16) }.joined(separator: " ") + (bytes.count > 16 ? " ..." : "")
  }
}
