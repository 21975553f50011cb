import HostModel

struct OddStatusCheck: Check {
  let name = "odd-status"
  let proves = "every status that a host delivers (2xx, 304, 4xx) does no harm in the place of any other"
  let needs = CheckNeeds.recording

  private static let statuses = [
    201, 202, 204, 206, 304, 400, 402, 403, 404, 405, 409, 410, 415, 422, 451, 499,
  ]

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let count = try HostileAnswers(context: context) { _, response in
      Self.statuses.filter { $0 != response.status }.map { status in
        var odd = response
        odd.status = status
        // A body that was for another status is kept: an error page is a body, too.
        return ("status \(status)", odd)
      }
    }.run()
    return "\(count) answers"
  }
}
