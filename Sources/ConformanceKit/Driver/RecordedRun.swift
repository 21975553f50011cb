import CSISPlugin
import HostModel
import Recordings
import SyncCore

/// Which of the answers that have come is handed over next.
enum FeedOrder {
  case asAsked
  case lastFirst
  /// Drawn by lot.
  case shuffled(SplitMix64)

  mutating func choose(among count: Int) -> Int {
    switch self {
    case .asAsked: return 0
    case .lastFirst: return count - 1
    case .shuffled(var random):
      let choice = Int.random(in: 0..<count, using: &random)
      self = .shuffled(random)
      return choice
    }
  }
}

/// A call that is to be made next.
enum PlannedCall {
  case next(grant: Int)
  case feed(ProviderRequest, RecordedExchange, HTTPResponse, grant: Int)
}

/// A session that is driven through a recording as a host would drive it: asked as long as there is room,
/// fed with what was recorded, the same request again after a passing failure.
final class RecordedRun {
  enum Ending: Equatable {
    case done
    /// The provider ended the run with this status.
    case failed(sis_status)
    /// The recording has no more.
    case cutOff
  }

  let recording: LoadedRecording
  let session: ProbeSession
  private(set) var calls: [CallResult] = []
  private(set) var roster = Roster()
  private(set) var ending: Ending?
  /// The most requests that were under way at one time.
  private(set) var mostUnderWay = 0

  private let maxInFlight: Int
  private var order: FeedOrder
  private var book: AnswerBook
  private var underWay: [(request: ProviderRequest, exchange: RecordedExchange?)] = []
  private var mayAsk = true
  private let callLimit: Int
  private let isOffTrack: Bool

  /// Opens a session. A provider that answers none has ended the run with what it reported.
  ///
  /// - Parameter isOffTrack: the run is not the one that was recorded: what it asks for besides just ends it.
  init(
    _ subject: Subject, _ recording: LoadedRecording, opening: SessionOpening? = nil,
    order: FeedOrder = .asAsked, sizes: StructSizes? = nil, isOffTrack: Bool = false, round: String = ""
  ) throws(CheckFailure) {
    let opening = opening ?? recording.opening
    self.recording = recording
    self.order = order
    self.isOffTrack = isOffTrack
    maxInFlight = max(opening.maxInFlight, 1)
    book = recording.book
    callLimit = 1_000 + 20 * recording.book.count
    session = ProbeSession(
      subject, prefix: recording.name + (round.isEmpty ? "" : ", \(round)"), sizes: sizes)
    let opened: CallResult
    do throws(CheckFailure) { opened = try session.open(subject, opening) } catch { throw failure(error) }
    take(opened)
    if !session.isOpen { ending = .failed(opened.status) }
  }

  private func failure(_ error: CheckFailure) -> CheckFailure {
    CheckFailure(error.message, call: error.call, recording: recording.name, seed: error.seed)
  }

  /// A failure of this run at its last call.
  func failure(_ message: String) -> CheckFailure {
    CheckFailure(message, call: place(of: calls.count - 1), recording: recording.name)
  }

  /// A failure at a call that was made and not taken.
  func failure(_ message: String, at tried: CallResult) -> CheckFailure {
    CheckFailure(message, call: "call \(calls.count), \(tried.call)", recording: recording.name)
  }

  /// How a call is named in messages: by its number, the open being 0, and what was handed over.
  func place(of number: Int) -> String {
    calls.indices.contains(number) ? "call \(number), \(calls[number].call)" : "call \(number)"
  }

  private func take(_ result: CallResult) {
    calls.append(result)
    if result.status >= 0 { roster.take(result.events) }
  }

  /// The next call; nil when the run is over.
  ///
  /// - Throws: where the provider stalls, does not come to an end, or asks for what was not recorded.
  func plan() throws(CheckFailure) -> PlannedCall? {
    guard ending == nil else { return nil }
    guard calls.count < callLimit else {
      throw failure("it does not come to an end after \(calls.count) calls")
    }
    let grant = maxInFlight - underWay.count
    if mayAsk, grant > 0 { return .next(grant: grant) }
    guard !underWay.isEmpty else {
      throw failure("it asks for nothing while nothing is under way, and does not say that it is done")
    }
    let place = order.choose(among: underWay.count)
    // What is chosen stands first, until it is answered.
    underWay.insert(underWay.remove(at: place), at: 0)
    let (request, exchange) = underWay[0]
    guard let exchange else {
      if !isOffTrack, let objection = recording.objection(to: request) { throw failure(objection) }
      ending = .cutOff
      return nil
    }
    return .feed(request, exchange, recording.response(exchange), grant: grant + 1)
  }

  /// Makes the call, and takes what it brought.
  @discardableResult
  func perform(_ call: PlannedCall) throws(CheckFailure) -> CallResult {
    let result = make(call)
    take(result)
    guard result.status <= SIS_DONE else { throw failure("it returned \(result.status), which is no status") }
    switch call {
    case .next: try asked(result)
    case .feed(let request, let exchange, _, _): try fed(result, request, exchange)
    }
    return result
  }

  /// Makes the call without taking what it brings: the run stands where it stood.
  func make(_ call: PlannedCall, refusing: Int? = nil) -> CallResult {
    switch call {
    case .next(let grant): session.next(grant: grant, now: recording.opening.now, refusing: refusing)
    case .feed(let request, let exchange, let response, let grant):
      session.feed(
        request.id, response, grant: grant, now: exchange.at,
        "\(request.place), status \(response.status), \(response.body.count) bytes", refusing: refusing)
    }
  }

  private func asked(_ result: CallResult) throws(CheckFailure) {
    guard result.status >= 0 else {
      ending = .failed(result.status)
      return
    }
    mayAsk = result.requests.isEmpty && result.events.contains { $0.kind != .note }
    try accept(result)
  }

  private func fed(
    _ result: CallResult, _ request: ProviderRequest, _ exchange: RecordedExchange
  ) throws(CheckFailure) {
    if result.repeatsRequest, let next = book.next(request), next.number != exchange.number {
      underWay[0].exchange = next
      return
    }
    guard result.status >= 0 else {
      ending = .failed(result.status)
      return
    }
    underWay.removeFirst()
    mayAsk = true
    try accept(result)
  }

  private func accept(_ result: CallResult) throws(CheckFailure) {
    for request in result.requests {
      guard !underWay.contains(where: { $0.request.id == request.id }) else {
        throw failure("it asks for request \(request.id) while that is still under way")
      }
      underWay.append((request, book.next(request)))
    }
    guard underWay.count <= maxInFlight else {
      throw failure("it has \(underWay.count) requests under way; \(maxInFlight) were granted")
    }
    mostUnderWay = max(mostUnderWay, underWay.count)
    if result.status == SIS_DONE { ending = .done }
  }

  /// Goes on to the end.
  func finish() throws(CheckFailure) {
    while let call = try plan() { try perform(call) }
    session.close()
  }

  /// Goes on until the next call is the one of this number; the open is number 0.
  ///
  /// - Returns: that call; nil if the run ends before.
  func advance(to number: Int) throws(CheckFailure) -> PlannedCall? {
    while let call = try plan() {
      if calls.count == number { return call }
      try perform(call)
    }
    return nil
  }
}
