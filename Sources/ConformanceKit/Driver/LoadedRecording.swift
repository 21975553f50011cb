import HostModel
import Recordings
import SyncCore

/// A recording with all that a host would hand to a provider, in memory.
package struct LoadedRecording: Sendable {
  package let name: String
  let opening: SessionOpening
  /// The exchanges that are delivered. What the host itself deals with (401, 429, 5xx, failures) is not.
  let book: AnswerBook
  private let responses: [Int: HTTPResponse]
  /// The requests that were made, delivered or not.
  private let everything: AnswerBook
  /// The run that was recorded came to its end.
  private let isWhole: Bool

  /// - Throws: `recording-unreadable`.
  package init(_ recording: Recording) throws(HostError) {
    name = recording.name
    opening = recording.header.opening
    isWhole = !["failed", "interrupted"].contains(recording.header.outcome)
    var delivered: [RecordedExchange] = []
    var responses: [Int: HTTPResponse] = [:]
    for exchange in recording.exchanges {
      guard case .success(let response) = try recording.answer(to: exchange),
        ResponseVerdict.of(response, expecting: exchange.expect, place: exchange.place, now: exchange.at)
          == .deliver
      else { continue }
      delivered.append(exchange)
      responses[exchange.number] = response
    }
    self.responses = responses
    book = try AnswerBook(recording, delivered)
    everything = try AnswerBook(recording, recording.exchanges)
  }

  /// Does a trace tell of this recording? It stands at its beginning, or behind the number of a round.
  package static func isNamed(_ name: String, in trace: String) -> Bool {
    [":", ","].contains { trace.hasPrefix(name + $0) || trace.contains(", \(name)\($0)") }
  }

  func response(_ exchange: RecordedExchange) -> HTTPResponse {
    responses[exchange.number] ?? HTTPResponse(status: 404)
  }

  /// Why there is no answer to this request; nil where the recording just ends there.
  func objection(to request: ProviderRequest) -> String? {
    var everything = everything
    if everything.next(request) != nil || !isWhole { return nil }
    let nearest = book.nearest(to: request).map { "the nearest is \($0)" } ?? "it holds no exchange at all"
    return "it asks for \(request.place), to which the recording has no answer; \(nearest)"
  }
}
