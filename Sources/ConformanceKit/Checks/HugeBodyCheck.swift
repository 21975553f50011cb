import HostModel

struct HugeBodyCheck: Check {
  let name = "huge-body"
  let proves = "a body of 10 MB, sound or not, does no harm and is answered in time"
  let needs = CheckNeeds.recording

  private static let size = 10_000_000

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    var hostile = HostileAnswers(context: context) { _, response in
      func filled(_ start: [UInt8], _ byte: Character) -> HTTPResponse {
        var huge = response
        huge.body = start + [UInt8](repeating: byte.asciiValue ?? 0, count: max(Self.size - start.count, 0))
        return huge
      }
      var repeated = response
      if !response.body.isEmpty {
        repeated.body.reserveCapacity(Self.size + response.body.count)
        while repeated.body.count < Self.size { repeated.body += response.body }
      }
      return [
        ("10 MB: the right body and white space", filled(response.body, " ")),
        ("10 MB: the right body again and again", repeated), ("10 MB of [", filled([], "[")),
        ("10 MB: a text without an end", filled([UInt8(ascii: "\"")], "a")),
        ("10 MB of line feeds", filled([], "\n")),
      ]
    }
    hostile.mostPoints = 2
    return "\(try hostile.run()) answers"
  }
}
