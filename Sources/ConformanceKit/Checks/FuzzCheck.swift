import CSISPlugin
import HostModel
import Recordings
import SyncCore

/// Plays rounds of mutated answers, odd orders, unknown requests and early closes. Each round follows from
/// its seed.
package struct FuzzCheck: Check {
  package let name = "fuzz"
  package let proves = "no mixture of broken answers, orders and interruptions makes it crash or hang"
  package let needs = CheckNeeds.recording

  package func run(_ context: CheckContext) async throws(CheckFailure) -> CheckReport {
    let subject = try context.subject()
    if let seed = context.reproduces {
      try play(subject, context, seed)
      return "round \(seed)"
    }
    var seeds = SplitMix64(seed: context.seed)
    for _ in 0..<context.iterations { try play(subject, context, seeds.next()) }
    return "\(context.iterations) rounds from seed \(context.seed)"
  }

  /// What the trace says of a round, and how its seed is found again in it.
  static let label = "fuzz round "

  package static func seed(in trace: String) -> UInt64? {
    guard trace.hasPrefix(label) else { return nil }
    return UInt64(trace.dropFirst(label.count).prefix { $0.isNumber })
  }

  private func play(_ subject: Subject, _ context: CheckContext, _ seed: UInt64) throws(CheckFailure) {
    var random = SplitMix64(seed: seed)
    let recording = context.recordings[Int.random(in: 0..<context.recordings.count, using: &random)]
    var opening = recording.opening
    opening.maxInFlight = Int.random(in: 1...8, using: &random)
    let session = ProbeSession(subject, prefix: "\(Self.label)\(seed), \(recording.name)")
    do throws(CheckFailure) {
      _ = try session.open(subject, opening)
      guard session.isOpen else { return }
      try FuzzRound(session: session, recording: recording, random: random, grant: opening.maxInFlight).play()
    } catch {
      throw CheckFailure(error.message, call: error.call, recording: recording.name, seed: seed)
    }
  }
}

private struct FuzzRound {
  let session: ProbeSession
  let recording: LoadedRecording
  var random: SplitMix64
  let grant: Int

  private static let mostCalls = 80

  func play() throws(CheckFailure) {
    var round = self
    try round.run()
  }

  private mutating func run() throws(CheckFailure) {
    var book = recording.book
    var underWay: [ProviderRequest] = []
    var mayAsk = true
    for _ in 0..<Self.mostCalls {
      if Int.random(in: 0..<60, using: &random) == 0 { return session.close() }
      let free = grant - underWay.count
      let asks = mayAsk && free > 0 && (underWay.isEmpty || Bool.random(using: &random))
      if !asks, underWay.isEmpty { return session.close() }
      let place = asks ? 0 : Int.random(in: 0..<underWay.count, using: &random)
      let result =
        asks ? session.next(grant: free, now: recording.opening.now) : feed(underWay[place], &book, free + 1)
      try judge(result)
      if !asks, result.status >= 0 { underWay.remove(at: place) }
      mayAsk = !asks
      underWay += result.requests
      guard result.status == SIS_OK || result.repeatsRequest, underWay.count <= grant else {
        return session.close()
      }
    }
    session.close()
  }

  private mutating func feed(_ request: ProviderRequest, _ book: inout AnswerBook, _ free: Int) -> CallResult
  {
    let exchange = book.next(request)
    var response = exchange.map(recording.response) ?? HTTPResponse(status: 404)
    var (what, id) = ("the right answer", request.id)
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<3: what = BodyMutation.apply(to: &response.body, &random)
    case 3:
      response.status = [200, 204, 304, 400, 403, 404, 410, 422].randomElement(using: &random) ?? 200
      what = "status \(response.status)"
    case 4 where Bool.random(using: &random):
      id = UInt64.random(in: 0...UInt64.max, using: &random)
      what = "the answer to a request that it never made"
    default: break
    }
    return session.feed(
      id, response, grant: free, now: exchange?.at ?? recording.opening.now, "\(request.place), \(what)",
      keeping: 1_000)
  }

  private func judge(_ result: CallResult) throws(CheckFailure) {
    guard result.status <= SIS_DONE else {
      throw CheckFailure("it returned \(result.status), which is no status", call: result.call)
    }
  }
}
