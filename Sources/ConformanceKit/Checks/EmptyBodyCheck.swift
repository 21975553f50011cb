import HostModel

struct EmptyBodyCheck: Check {
  let name = "empty-body"
  let proves = "an answer without a body does no harm"
  let needs = CheckNeeds.recording

  func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let count = try HostileAnswers(context: context) { _, response in
      var bare = response
      bare.body = []
      return [
        ("an empty body", bare), ("an empty body without headers", HTTPResponse(status: response.status)),
      ]
    }.run()
    return "\(count) answers"
  }
}
