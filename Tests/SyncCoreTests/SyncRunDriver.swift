import HostModel
import Resilience

@testable import SyncCore

/// Drives the machine by hand and remembers what it wanted.
struct SyncRunDriver {
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

  /// The source answers a request, and the provider makes of that a page that ends at `cursor`.
  mutating func bring(_ id: RequestKey, _ cursor: String, requests: [UInt64] = [], done: Bool = false) {
    tell(.exchanged(requestID: id, .success(response())))
    tell(.fed(requestID: id, .success(answer(requests: requests, cursor: cursor, done: done))))
  }

  /// The pending effects in words; what was looked at is taken.
  mutating func wants() -> [String] {
    defer { pending = [] }
    return pending.map { effect in
      switch effect {
      case .ask(let grant): "ask \(grant)"
      case .feed(let id, _, let grant): "feed \(id) grant \(grant)"
      case .send(let attempt):
        "send \(attempt.request.id) try \(attempt.number)" + (attempt.wantsNewCredential ? " new token" : "")
      case .stage(let pages): "stage " + pages.map { Self.word($0.resume) }.joined(separator: "+")
      case .pause(let moment): "pause \(now.milliseconds(until: moment))"
      case .publish: "publish"
      case .reopen(let cursor, _): "reopen \(Self.word(cursor))"
      case .finish(let conclusion): "finish \(conclusion.state.rawValue) \(conclusion.error?.code ?? "-")"
      }
    }
  }

  private static func word(_ cursor: Cursor?) -> String {
    cursor.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "-"
  }

  var conclusion: SyncConclusion? {
    for case .finish(let conclusion) in pending { return conclusion }
    return nil
  }
}

func answer(
  requests ids: [UInt64] = [], cursor: String? = nil, done: Bool = false
) -> SessionAnswer {
  var answer = SessionAnswer()
  answer.isDone = done
  answer.requests = ids.map { ProviderRequest(id: $0, target: "/r/\($0)", resource: "r", expect: .json) }
  answer.resume = cursor.map { Cursor(version: 1, bytes: Array($0.utf8)) }
  return answer
}

func response(_ status: Int = 200, _ body: String = "{}", _ headers: [HTTPHeader] = []) -> HTTPResponse {
  HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
}
