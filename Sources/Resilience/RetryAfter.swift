import HostModel

/// What an answer says about waiting (RFC 9110 section 10.2.3; reliability.md 3.3).
package enum RetryAfter {
  /// Above this, and for what cannot be read, one minute is taken.
  package static let longestMilliseconds: Int64 = 24 * 3_600_000
  package static let fallbackMilliseconds: Int64 = 60_000

  /// The wait that `Retry-After` asks for: seconds, or an HTTP date read against the answer's own `Date`, so
  /// that our clock does not matter. Nil if the header is not there.
  package static func milliseconds(in response: HTTPResponse, now: HostInstant) -> Int64? {
    guard let text = response.header("retry-after") else { return nil }
    if let seconds = Int64(text) {
      guard seconds >= 0, seconds <= longestMilliseconds / 1000 else { return fallbackMilliseconds }
      return seconds * 1000
    }
    guard let due = HTTPDate.parse(text) else { return fallbackMilliseconds }
    let base = response.header("date").flatMap(HTTPDate.parse) ?? now
    let wait = base.milliseconds(until: due)
    guard wait <= longestMilliseconds else { return fallbackMilliseconds }
    return max(wait, 0)
  }

  /// The seconds in PowerSchool's throttle text ("too many requests, wait 7 seconds"; PS-Q23, PS-15).
  package static func millisecondsInThrottleText(_ body: [UInt8]) -> Int64? {
    let text = String(decoding: body.prefix(2_048), as: UTF8.self).lowercased()
    guard text.contains("too many requests") else { return nil }
    let words = text.split(whereSeparator: { !($0.isLetter || $0.isNumber) })
    for (number, unit) in zip(words, words.dropFirst()) where unit.hasPrefix("second") {
      if let seconds = Int64(number), seconds <= longestMilliseconds / 1000 { return seconds * 1000 }
    }
    return 1_000
  }
}
