import HostModel
import Resilience
import Testing

@testable import SyncCore

/// Drives the machine by hand and remembers what it wanted.
private struct Driver {
  var run: SyncRun
  var now = HostInstant(milliseconds: 1_700_000_000_000)
  var pending: [SyncEffect]

  /// By default a page is stored as soon as the store is free, and two may wait.
  init(maxInFlight: Int = 1, stageDepth: Int = 2, stageMilliseconds: Int64 = 0) {
    run = SyncRun(
      settings: SyncRun.Settings(
        maxInFlight: maxInFlight, stageDepth: stageDepth, stageMilliseconds: stageMilliseconds))
    pending = run.start(now: now)
  }

  mutating func tell(_ event: SyncEvent) { pending += run.handle(event, now: now, random: 0.5) }

  /// The pending effects in words; what was looked at is taken.
  mutating func wants() -> [String] {
    defer { pending = [] }
    return pending.map { effect in
      switch effect {
      case .ask(let grant): "ask \(grant)"
      case .feed(let id, _, let grant): "feed \(id) grant \(grant)"
      case .send(let attempt):
        "send \(attempt.request.id) try \(attempt.number)" + (attempt.wantsNewCredential ? " new token" : "")
      case .stage(let pages):
        "stage "
          + pages.map { $0.resume.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "-" }.joined(separator: "+")
      case .pause(let moment): "pause \(now.milliseconds(until: moment))"
      case .publish: "publish"
      case .finish(let conclusion): "finish \(conclusion.state.rawValue) \(conclusion.error?.code ?? "-")"
      }
    }
  }

  var conclusion: SyncConclusion? {
    for case .finish(let conclusion) in pending { return conclusion }
    return nil
  }
}

private func answer(
  requests ids: [UInt64] = [], cursor: String? = nil, done: Bool = false
) -> SessionAnswer {
  var answer = SessionAnswer()
  answer.isDone = done
  answer.requests = ids.map { ProviderRequest(id: $0, target: "/r/\($0)", resource: "r", expect: .json) }
  answer.resume = cursor.map { Cursor(version: 1, bytes: Array($0.utf8)) }
  return answer
}

private func response(_ status: Int = 200, _ body: String = "{}", _ headers: [HTTPHeader] = []) -> HTTPResponse {
  HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
}

@Suite struct SyncRunTests {
  @Test func `one page after another is asked, fetched, fed, staged, and at the end published`() {
    var driver = Driver()
    #expect(driver.wants() == ["ask 1"])
    driver.tell(.asked(.success(answer(requests: [1]))))
    #expect(driver.wants() == ["send 1 try 1"])
    driver.tell(.exchanged(requestID: 1, .success(response())))
    #expect(driver.wants() == ["feed 1 grant 1"])
    driver.tell(.fed(requestID: 1, .success(answer(requests: [2], cursor: "a"))))
    #expect(driver.wants() == ["send 2 try 1", "stage a"])
    driver.tell(.staged(.success(1)))
    driver.tell(.exchanged(requestID: 2, .success(response())))
    #expect(driver.wants() == ["feed 2 grant 1"])
    driver.tell(.fed(requestID: 2, .success(answer(cursor: "b", done: true))))
    #expect(driver.wants() == ["stage b"])
    driver.tell(.staged(.success(1)))
    #expect(driver.wants() == ["publish"])
    driver.tell(.published(.success(PublishOutcome(state: .published, tallies: [:]))))
    #expect(driver.wants() == ["finish published -"])
  }

  @Test func `never more requests are granted than may be in flight`() {
    var driver = Driver(maxInFlight: 3)
    #expect(driver.wants() == ["ask 3"])
    driver.tell(.asked(.success(answer(requests: [1, 2, 3]))))
    #expect(driver.wants() == ["send 1 try 1", "send 2 try 1", "send 3 try 1"])
    driver.tell(.exchanged(requestID: 2, .success(response())))
    #expect(driver.wants() == ["feed 2 grant 1"])
    driver.tell(.exchanged(requestID: 3, .success(response())))
    #expect(driver.wants() == [], "the session takes one call at a time")
    driver.tell(.fed(requestID: 2, .success(answer(requests: [4]))))
    #expect(driver.wants() == ["send 4 try 1", "feed 3 grant 1"])
  }

  @Test func `when storing falls behind nothing more is fed or asked`() {
    var driver = Driver(maxInFlight: 4)
    _ = driver.wants()
    driver.tell(.asked(.success(answer(requests: [1, 2, 3, 4]))))
    for id in 1...4 { driver.tell(.exchanged(requestID: UInt64(id), .success(response()))) }
    _ = driver.wants()
    for (id, cursor) in [(1, "a"), (2, "b"), (3, "c")] {
      driver.tell(.fed(requestID: UInt64(id), .success(answer(cursor: cursor))))
    }
    #expect(driver.wants() == ["stage a", "feed 2 grant 2", "feed 3 grant 3"])
    driver.tell(.staged(.success(0)))
    #expect(driver.wants() == ["stage b+c", "feed 4 grant 4"], "those that waited go together")
  }

  @Test func `a page that comes soon after another was stored waits for more, and all that wait go together`() {
    var driver = Driver(maxInFlight: 4, stageDepth: 9, stageMilliseconds: 20)
    driver.tell(.asked(.success(answer(requests: [1, 2, 3, 4]))))
    _ = driver.wants()
    func answers(_ id: UInt64, _ cursor: String, done: Bool = false) {
      driver.tell(.exchanged(requestID: id, .success(response())))
      driver.tell(.fed(requestID: id, .success(answer(cursor: cursor, done: done))))
    }
    func stagings() -> [String] { driver.wants().filter { $0.hasPrefix("stage") || $0.hasPrefix("pause") } }
    answers(1, "a")
    #expect(stagings() == ["stage a"], "nothing was stored before: it does not wait")
    driver.tell(.staged(.success(1)))
    driver.now = driver.now.advanced(byMilliseconds: 5)
    answers(2, "b")
    answers(3, "c")
    #expect(stagings() == ["pause 15"], "one pause, however many pages")
    driver.now = driver.now.advanced(byMilliseconds: 15)
    driver.tell(.paused)
    #expect(stagings() == ["stage b+c"])
    driver.tell(.staged(.success(2)))
    answers(4, "d", done: true)
    #expect(stagings() == ["stage d"], "at the end nothing is waited for")
  }

  @Test func `as many pages as may wait do not wait longer`() {
    var driver = Driver(maxInFlight: 4, stageDepth: 2, stageMilliseconds: 20)
    driver.tell(.asked(.success(answer(requests: [1, 2, 3, 4]))))
    for (id, cursor) in [(1, "a"), (2, "b"), (3, "c")] {
      driver.tell(.exchanged(requestID: UInt64(id), .success(response())))
      driver.tell(.fed(requestID: UInt64(id), .success(answer(cursor: cursor))))
      driver.tell(.staged(.success(1)))
    }
    #expect(driver.wants().filter { $0.hasPrefix("stage") } == ["stage a", "stage b+c"])
  }

  @Test func `a stop does not let pages wait`() {
    var driver = Driver(maxInFlight: 2, stageDepth: 9, stageMilliseconds: 20)
    driver.tell(.asked(.success(answer(requests: [1, 2]))))
    for (id, cursor) in [(1, "a"), (2, "b")] {
      driver.tell(.exchanged(requestID: UInt64(id), .success(response())))
      driver.tell(.fed(requestID: UInt64(id), .success(answer(requests: [UInt64(id) + 2], cursor: cursor))))
      driver.tell(.staged(.success(1)))
    }
    _ = driver.wants()
    driver.tell(.stopped)
    #expect(driver.wants() == ["stage b"])
    driver.tell(.staged(.success(1)))
    #expect(driver.wants() == ["finish interrupted stopped"])
  }

  @Test func `pages are staged in the order in which they were answered`() {
    var driver = Driver(maxInFlight: 2)
    _ = driver.wants()
    driver.tell(.asked(.success(answer(requests: [1, 2]))))
    driver.tell(.exchanged(requestID: 2, .success(response())))
    driver.tell(.fed(requestID: 2, .success(answer(cursor: "second"))))
    driver.tell(.exchanged(requestID: 1, .success(response())))
    driver.tell(.fed(requestID: 1, .success(answer(cursor: "first", done: true))))
    driver.tell(.staged(.success(0)))
    driver.tell(.staged(.success(0)))
    #expect(driver.wants().filter { !$0.hasPrefix("feed") && !$0.hasPrefix("send") && !$0.hasPrefix("ask") }
      == ["stage second", "stage first", "publish"])
  }

  @Test(arguments: [500, 502, 503, 504, 408, 425, 429])
  func `a passing failure is tried four times in all and then ends the run`(_ status: Int) {
    var driver = Driver()
    driver.tell(.asked(.success(answer(requests: [1]))))
    _ = driver.wants()
    for attempt in 2...4 {
      driver.tell(.exchanged(requestID: 1, .success(response(status))))
      #expect(driver.wants() == ["send 1 try \(attempt)"])
    }
    driver.tell(.exchanged(requestID: 1, .success(response(status))))
    #expect(driver.conclusion?.error?.message.contains("(4 attempts)") == true)
    #expect(driver.conclusion?.state == .failed)
  }

  @Test(arguments: [400, 403, 404, 409, 410, 422, 204, 304])
  func `what the provider must judge reaches it`(_ status: Int) {
    var driver = Driver()
    driver.tell(.asked(.success(answer(requests: [1]))))
    _ = driver.wants()
    driver.tell(.exchanged(requestID: 1, .success(response(status, "no"))))
    #expect(driver.wants() == ["feed 1 grant 1"])
  }

  @Test func `PS-Q05: a 401 takes a new token once, and a second one ends the run`() {
    var driver = Driver()
    driver.tell(.asked(.success(answer(requests: [1]))))
    _ = driver.wants()
    driver.tell(.exchanged(requestID: 1, .success(response(401, ""))))
    #expect(driver.wants() == ["send 1 try 1 new token"])
    driver.tell(.exchanged(requestID: 1, .success(response(401, ""))))
    #expect(driver.wants() == ["finish failed credential-refused"])
  }

  @Test func `a throttled feed sends the same request again and leaves the rest as it was`() {
    var driver = Driver()
    driver.tell(.asked(.success(answer(requests: [1]))))
    driver.tell(.exchanged(requestID: 1, .success(response())))
    _ = driver.wants()
    let fault = ProviderFault(.throttled, "slow down", retryAfterMilliseconds: 3_000)
    driver.tell(.fed(requestID: 1, .failure(fault)))
    guard case .send(let attempt) = driver.pending.first else { return #expect(Bool(false)) }
    #expect(attempt.notBefore == driver.now.advanced(byMilliseconds: 3_000))
    #expect(driver.wants() == ["send 1 try 2"])
  }

  @Test func `a provider's own failure ends the run after what was answered is stored`() {
    var driver = Driver(maxInFlight: 2)
    _ = driver.wants()
    driver.tell(.asked(.success(answer(requests: [1, 2]))))
    driver.tell(.exchanged(requestID: 1, .success(response())))
    driver.tell(.fed(requestID: 1, .success(answer(cursor: "kept"))))
    driver.tell(.exchanged(requestID: 2, .success(response())))
    _ = driver.wants()
    driver.tell(.fed(requestID: 2, .failure(ProviderFault(.forbidden, "no right to courses"))))
    #expect(driver.wants() == [], "the page is still on its way into the store")
    driver.tell(.staged(.success(1)))
    #expect(driver.wants() == ["finish failed forbidden"])
  }

  @Test func `a provider that neither asks nor is done is stalled`() {
    var driver = Driver()
    _ = driver.wants()
    driver.tell(.asked(.success(answer())))
    #expect(driver.wants() == ["finish failed provider-stalled"])
  }

  @Test func `a provider that emits without asking is asked again`() {
    var driver = Driver()
    _ = driver.wants()
    driver.tell(.asked(.success(answer(cursor: "a"))))
    #expect(driver.wants() == ["stage a", "ask 1"])
  }

  @Test func `a request number that is still in use is a broken contract`() {
    var driver = Driver(maxInFlight: 2)
    driver.tell(.asked(.success(answer(requests: [7, 7]))))
    #expect(driver.conclusion?.error?.code == "request-repeated")
  }

  @Test func `a failing store ends the run once the call under way is back, and nothing more is staged`() {
    var driver = Driver(maxInFlight: 2)
    driver.tell(.asked(.success(answer(requests: [1, 2], cursor: "a"))))
    driver.tell(.exchanged(requestID: 1, .success(response())))
    driver.tell(.fed(requestID: 1, .success(answer(cursor: "b"))))
    _ = driver.wants()
    driver.tell(.staged(.failure(StoreError(.disk, "the disk is full"))))
    #expect(driver.wants() == [], "the provider is still being asked")
    driver.tell(.asked(.success(answer(requests: [3], cursor: "c"))))
    #expect(driver.wants() == ["finish failed storage-disk"])
  }

  @Test func `a stop stores what is in hand and leaves the run to be taken up again`() {
    var driver = Driver(maxInFlight: 2)
    driver.tell(.asked(.success(answer(requests: [1, 2], cursor: "a"))))
    _ = driver.wants()
    driver.tell(.stopped)
    #expect(driver.wants() == [])
    driver.tell(.staged(.success(0)))
    #expect(driver.wants() == ["finish interrupted stopped"])
    driver.tell(.exchanged(requestID: 1, .success(response())))
    #expect(driver.wants() == [], "a finished run wants nothing")
  }

  @Test func `a pause longer than a minute parks the run with the time to come back`() {
    var driver = Driver()
    driver.tell(.asked(.success(answer(requests: [1]))))
    _ = driver.wants()
    driver.tell(.exchanged(requestID: 1, .success(response(429, "", [HTTPHeader("retry-after", "300")]))))
    #expect(driver.conclusion?.state == .interrupted)
    #expect(driver.conclusion?.resumeAt == driver.now.advanced(byMilliseconds: 300_000))
  }
}
