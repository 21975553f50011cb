import CSISPlugin
import HostModel
import Recordings
import SyncCore

/// Hands a provider answers that it cannot like, in the middle of a recorded run, and then the right one.
///
/// Of each resource of a recording the largest answer is taken. A provider may fail in any of its classes,
/// or take the answer. After a failure that lets the host ask again, the right answer must bring what it
/// brings at once.
struct HostileAnswers {
  /// An answer, and its name in messages.
  typealias Variant = (name: String, response: HTTPResponse)

  let context: CheckContext
  /// Answers to try in the place of the right one.
  let variants: (ProviderRequest, HTTPResponse) -> [Variant]
  /// Judges the call further; answers what is wrong.
  var objection: (ProviderRequest, HTTPResponse, CallResult) -> String? = { _, _, _ in nil }
  /// How many resources of each recording.
  var mostPoints = 16

  /// - Returns: how many answers were handed over.
  func run() throws(CheckFailure) -> Int {
    let subject = try context.subject()
    var count = 0
    for recording in context.recordings {
      let whole = try RecordedRun(subject, recording)
      let points = context.selection(try Self.points(whole), most: mostPoints)
      for point in points { count += try probe(subject, recording, whole, at: point) }
    }
    return count
  }

  /// The numbers of the calls that feed the largest answer of each resource, the largest first; of a run
  /// that goes to its end here.
  static func points(_ run: RecordedRun) throws(CheckFailure) -> [Int] {
    var largest: [String: (number: Int, size: Int)] = [:]
    while let call = try run.plan() {
      if case .feed(let request, _, let response, _) = call {
        let path = String(request.target.prefix { $0 != "?" }.filter { !$0.isNumber })
        let resource = request.resource.isEmpty ? path : request.resource
        let size = response.body.count
        if size > largest[resource]?.size ?? -1 { largest[resource] = (run.calls.count, size) }
      }
      try run.perform(call)
    }
    return largest.values.sorted { ($1.size, $0.number) < ($0.size, $1.number) }.map(\.number)
  }

  private func probe(
    _ subject: Subject, _ recording: LoadedRecording, _ whole: RecordedRun, at point: Int
  ) throws(CheckFailure) -> Int {
    var (run, call, variants) = try stand(subject, recording, before: point)
    var isUsable = true
    for (index, variant) in variants.enumerated() {
      if !isUsable { (run, call, _) = try stand(subject, recording, before: point) }
      guard case .feed(let request, let exchange, _, let grant)? = call else { return index }
      let result = run.session.feed(
        request.id, variant.response, grant: grant, now: exchange.at, "\(request.place), \(variant.name)",
        keeping: 1_000)
      guard result.status <= SIS_DONE else {
        throw run.failure("it returned \(result.status), which is no status", at: result)
      }
      if let objection = objection(request, variant.response, result) {
        throw run.failure(objection, at: result)
      }
      // Only such a failure leaves a session that is to be used. It stands for the next variant, too; now
      // and then, and at the end, it gets the right answer.
      isUsable = result.repeatsRequest
      if isUsable, index == variants.count - 1 || index % 8 == 0 {
        try compare(run, whole, point, call, after: variant.name)
        isUsable = false
      }
    }
    return variants.count
  }

  /// A new session that is to be fed with the answer that the call of this number feeds.
  private func stand(
    _ subject: Subject, _ recording: LoadedRecording, before point: Int
  ) throws(CheckFailure) -> (RecordedRun, PlannedCall?, [Variant]) {
    let run = try RecordedRun(subject, recording, round: "before call \(point)")
    let call = try run.advance(to: point)
    guard case .feed(let request, _, let response, _)? = call else { return (run, call, []) }
    return (run, call, variants(request, response))
  }

  private func compare(
    _ run: RecordedRun, _ whole: RecordedRun, _ point: Int, _ call: PlannedCall?, after name: String
  ) throws(CheckFailure) {
    guard let call else { return }
    let right = run.make(call)
    let due = whole.calls[point]
    guard right.status == due.status, right.substance == due.substance else {
      let what =
        right.status == due.status ? "other records" : "status \(right.status) instead of \(due.status)"
      throw run.failure(
        "after \(name), for which it asked the host to try again, the right answer brings \(what): "
          + "a call that fails must leave the session as it was",
        at: right)
    }
  }
}
