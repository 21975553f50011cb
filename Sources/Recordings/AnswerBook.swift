import HostModel

/// Finds the recorded answer to a request: by method, target and body. A request that was recorded several
/// times is answered in that order; asked once more, it gets the last answer again.
package struct AnswerBook: Sendable {
  private struct Key: Hashable {
    var method: String
    var target: String
    var body: [UInt8]
  }

  private var answers: [Key: [RecordedExchange]] = [:]
  private var asked: [Key: Int] = [:]

  /// - Parameter exchanges: those that may answer; the rest of the recording is left out.
  /// - Throws: `recording-unreadable` for the body of a request.
  package init(_ recording: Recording, _ exchanges: [RecordedExchange]) throws(HostError) {
    for exchange in exchanges {
      let key = Key(
        method: exchange.method, target: exchange.target, body: try recording.requestBody(of: exchange))
      answers[key, default: []].append(exchange)
    }
  }

  /// How many exchanges may answer.
  package var count: Int { answers.values.reduce(0) { $0 + $1.count } }

  /// The next answer to this request; nil if none was recorded.
  package mutating func next(_ request: ProviderRequest) -> RecordedExchange? {
    let key = Key(method: request.method, target: request.target, body: request.body)
    guard let found = answers[key], let last = found.last else { return nil }
    let index = asked[key, default: 0]
    asked[key] = index + 1
    return index < found.count ? found[index] : last
  }

  /// The recorded request that is most like this one: same method and body first, then the longest common
  /// beginning and end of the target.
  package func nearest(to request: ProviderRequest) -> String? {
    let wanted = Array(request.target.utf8)
    func likeness(_ key: Key) -> Int {
      let other = Array(key.target.utf8)
      let start = zip(wanted, other).prefix { $0 == $1 }.count
      let end = zip(wanted.reversed(), other.reversed()).prefix { $0 == $1 }.count
      let same = (key.method == request.method ? 1 : 0) + (key.body == request.body ? 1 : 0)
      return min(start + end, max(wanted.count, other.count)) * 4 + same
    }
    let best = answers.keys.max { a, b in
      (likeness(a), b.target, b.method) < (likeness(b), a.target, a.method)
    }
    return best.map { key in
      let body = key.target == request.target && key.body != request.body ? " with another body" : ""
      return "\(key.method) \(key.target)\(body)"
    }
  }
}
