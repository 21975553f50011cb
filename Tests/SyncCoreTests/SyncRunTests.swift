import HostModel
import Resilience
import Testing

@testable import SyncCore

@Suite struct SyncRunTests {
  @Test func `one page after another is asked, fetched, fed, staged, and at the end published`() {
    var driver = SyncRunDriver()
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
    var driver = SyncRunDriver(maxInFlight: 3)
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
    var driver = SyncRunDriver(maxInFlight: 4)
    _ = driver.wants()
    driver.tell(.asked(.success(answer(requests: [1, 2, 3, 4]))))
    for id in 1...4 { driver.tell(.exchanged(requestID: RequestKey(session: 0, id: UInt64(id)), .success(response()))) }
    _ = driver.wants()
    for (id, cursor) in [(1, "a"), (2, "b"), (3, "c")] {
      driver.tell(.fed(requestID: RequestKey(session: 0, id: UInt64(id)), .success(answer(cursor: cursor))))
    }
    #expect(driver.wants() == ["stage a", "feed 2 grant 2", "feed 3 grant 3"])
    driver.tell(.staged(.success(0)))
    #expect(driver.wants() == ["stage b+c", "feed 4 grant 4"], "those that waited go together")
  }

  @Test func `a page that comes soon after another was stored waits for more, and all that wait go together`() {
    var driver = SyncRunDriver(maxInFlight: 4, stageDepth: 9, stageMilliseconds: 20)
    driver.tell(.asked(.success(answer(requests: [1, 2, 3, 4]))))
    _ = driver.wants()
    func stagings() -> [String] { driver.wants().filter { $0.hasPrefix("stage") || $0.hasPrefix("pause") } }
    driver.bring(1, "a")
    #expect(stagings() == ["stage a"], "nothing was stored before: it does not wait")
    driver.tell(.staged(.success(1)))
    driver.now = driver.now.advanced(byMilliseconds: 5)
    driver.bring(2, "b")
    driver.bring(3, "c")
    #expect(stagings() == ["pause 15"], "one pause, however many pages")
    driver.now = driver.now.advanced(byMilliseconds: 15)
    driver.tell(.paused)
    #expect(stagings() == ["stage b+c"])
    driver.tell(.staged(.success(2)))
    driver.bring(4, "d", done: true)
    #expect(stagings() == ["stage d"], "at the end nothing is waited for")
  }

  @Test func `as many pages as may wait do not wait longer`() {
    var driver = SyncRunDriver(maxInFlight: 4, stageDepth: 2, stageMilliseconds: 20)
    driver.tell(.asked(.success(answer(requests: [1, 2, 3, 4]))))
    driver.bring(1, "a")
    driver.tell(.staged(.success(1)))
    driver.bring(2, "b")
    driver.bring(3, "c")
    #expect(driver.wants().filter { $0.hasPrefix("stage") } == ["stage a", "stage b+c"])
  }

  @Test func `a stop does not let pages wait`() {
    var driver = SyncRunDriver(maxInFlight: 2, stageDepth: 9, stageMilliseconds: 20)
    driver.tell(.asked(.success(answer(requests: [1, 2]))))
    driver.bring(1, "a", requests: [3])
    driver.tell(.staged(.success(1)))
    driver.bring(2, "b", requests: [4])
    _ = driver.wants()
    driver.tell(.stopped)
    #expect(driver.wants() == ["stage b"])
    driver.tell(.staged(.success(1)))
    #expect(driver.wants() == ["finish interrupted stopped"])
  }

  @Test func `pages are staged in the order in which they were answered`() {
    var driver = SyncRunDriver(maxInFlight: 2)
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
    var driver = SyncRunDriver()
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
    var driver = SyncRunDriver()
    driver.tell(.asked(.success(answer(requests: [1]))))
    _ = driver.wants()
    driver.tell(.exchanged(requestID: 1, .success(response(status, "no"))))
    #expect(driver.wants() == ["feed 1 grant 1"])
  }

  @Test func `PS-Q05: a 401 takes a new token once, and a second one ends the run`() {
    var driver = SyncRunDriver()
    driver.tell(.asked(.success(answer(requests: [1]))))
    _ = driver.wants()
    driver.tell(.exchanged(requestID: 1, .success(response(401, ""))))
    #expect(driver.wants() == ["send 1 try 1 new token"])
    driver.tell(.exchanged(requestID: 1, .success(response(401, ""))))
    #expect(driver.wants() == ["finish failed credential-refused"])
  }

  @Test func `a throttled feed sends the same request again and leaves the rest as it was`() {
    var driver = SyncRunDriver()
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
    var driver = SyncRunDriver(maxInFlight: 2)
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
    var driver = SyncRunDriver()
    _ = driver.wants()
    driver.tell(.asked(.success(answer())))
    #expect(driver.wants() == ["finish failed provider-stalled"])
  }

  @Test func `a provider that emits without asking is asked again`() {
    var driver = SyncRunDriver()
    _ = driver.wants()
    driver.tell(.asked(.success(answer(cursor: "a"))))
    #expect(driver.wants() == ["stage a", "ask 1"])
  }

  @Test func `a request number that is still in use is a broken contract`() {
    var driver = SyncRunDriver(maxInFlight: 2)
    driver.tell(.asked(.success(answer(requests: [7, 7]))))
    #expect(driver.conclusion?.error?.code == "request-repeated")
  }

  @Test func `a failing store ends the run once the call under way is back, and nothing more is staged`() {
    var driver = SyncRunDriver(maxInFlight: 2)
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
    var driver = SyncRunDriver(maxInFlight: 2)
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
    var driver = SyncRunDriver()
    driver.tell(.asked(.success(answer(requests: [1]))))
    _ = driver.wants()
    driver.tell(.exchanged(requestID: 1, .success(response(429, "", [HTTPHeader("retry-after", "300")]))))
    #expect(driver.conclusion?.state == .interrupted)
    #expect(driver.conclusion?.resumeAt == driver.now.advanced(byMilliseconds: 300_000))
  }

  @Test func `a pause that the source asked for leaves the run to go on then, a failing source fails it`() {
    let until = HostInstant(milliseconds: 1_700_000_600_000)
    for (category, state) in [(HostError.Category.rateLimit, "interrupted"), (.server, "failed")] {
      var driver = SyncRunDriver()
      driver.tell(.asked(.success(answer(requests: [1]))))
      driver.tell(.refused(requestID: 1, HostError(category, "parked", "wait"), resumeAt: until))
      #expect(driver.conclusion?.resumeAt == until)
      #expect(driver.wants().last == "finish \(state) parked")
    }
  }
}
