import HostModel
import Resilience

/// What one answer, or the lack of one, means for the request it belongs to. Decided in one place, by rules
/// that hold for every provider; only what is left over reaches the provider.
package enum ResponseVerdict: Sendable, Equatable {
  /// For the provider to read.
  case deliver
  /// The credential was not taken: fetch a new one and send the request once more.
  case unauthorized
  /// May pass: send it again by the retry policy, and at last end the run with this error.
  case retry(HostError, after: Int64?, wasTimeout: Bool)
  /// Will not pass: end the run.
  case fail(HostError)

  /// - Parameter place: what to call the request in messages: "GET /ws/v1/metadata".
  package static func of(
    _ response: HTTPResponse, expecting expect: BodyExpectation, place: String, now: HostInstant
  ) -> ResponseVerdict {
    let after = RetryAfter.milliseconds(in: response, now: now)
    switch response.status {
    case 401: return .unauthorized
    case 429:
      return .retry(
        HostError(
          .rateLimit, "rate-limited", "\(place) was refused with status 429 (too many requests)",
          advice: "Lower rateLimit.perMinute of this integration", isRetryable: true),
        after: after ?? RetryAfter.millisecondsInThrottleText(response.body), wasTimeout: false)
    case 408, 425, 500...599:
      return .retry(
        HostError(
          .server, "server-error", "\(place) answered status \(response.status)",
          advice: "The SIS failed; the next run goes on from here", isRetryable: true),
        after: after, wasTimeout: false)
    case 200...299, 304: return content(response, expecting: expect, place: place)
    case 403 where RetryAfter.millisecondsInThrottleText(response.body) != nil:
      return .retry(
        HostError(
          .rateLimit, "rate-limited", "\(place) was refused with status 403 (too many requests)",
          advice: "Lower rateLimit.perMinute of this integration", isRetryable: true),
        after: after ?? RetryAfter.millisecondsInThrottleText(response.body), wasTimeout: false)
    case 400...499: return .deliver
    default:
      return .fail(
        HostError(
          .server, "unexpected-status", "\(place) answered status \(response.status)",
          advice: "Check the base URL of this integration"))
    }
  }

  /// A 2xx answer must be what was due: a login page or a body without a proven end is not.
  private static func content(
    _ response: HTTPResponse, expecting expect: BodyExpectation, place: String
  ) -> ResponseVerdict {
    guard response.status != 204, response.status != 304 else { return .deliver }
    let type = response.header("content-type")?.lowercased() ?? ""
    if expect != .any, type.hasPrefix("text/html") || looksLikeHTML(response.body) {
      return .retry(
        HostError(
          .server, "html-answer",
          "\(place) answered a web page (HTML) with status \(response.status) where \(expect.word) was due",
          advice: "The SIS may be in maintenance, or the base URL points to a web site; check it",
          isRetryable: true),
        after: nil, wasTimeout: false)
    }
    // JSON proves its own end (the reader refuses half a document); other forms do not.
    // An empty one proves nothing either, unless nothing was due.
    if !response.isFramed, expect != .json, expect != .any || !response.body.isEmpty {
      return .retry(
        HostError(
          .network, "body-unproven",
          "\(place) ended with the connection, so nothing proves that its body is whole",
          advice: "Ask for the server or proxy in between to send Content-Length or chunks",
          isRetryable: true),
        after: nil, wasTimeout: false)
    }
    return .deliver
  }

  private static func looksLikeHTML(_ body: [UInt8]) -> Bool {
    let start = body.prefix(512).drop { $0 == 0x20 || (0x09...0x0D).contains($0) || $0 > 0x7F }
    let head = String(decoding: start.prefix(14), as: UTF8.self).lowercased()
    return head.hasPrefix("<!doctype html") || head.hasPrefix("<html")
  }

  /// The same for an exchange that brought no answer.
  package static func of(_ error: TransportError, place: String) -> ResponseVerdict {
    let timeouts: [TransportError.Code] = [.connectTimeout, .firstByteTimeout, .tooSlow, .totalTimeout]
    let message = "\(place) failed (\(error.code.rawValue)): \(error.context)"
    switch error.code {
    case .badURL:
      return .fail(
        HostError(.configuration, error.code.rawValue, message, advice: "Check the base URL"))
    case .redirectRefused:
      return .fail(
        HostError(
          .server, error.code.rawValue, message,
          advice: "Put the new address into baseURL if it is right; a credential never follows a redirect"))
    case .bodyTooLarge, .headersTooLarge:
      return .fail(
        HostError(
          .server, error.code.rawValue, message, advice: "Lower pageSize of this integration"))
    case .cancelled, .internal:
      return .fail(HostError(.unknown, error.code.rawValue, message))
    case .tls:
      return .fail(
        HostError(
          .network, error.code.rawValue, message,
          advice: "Check the server's certificate and the base URL's host name"))
    case .resolve, .connect, .connectTimeout, .firstByteTimeout, .tooSlow, .totalTimeout, .reset,
      .bodyIncomplete, .bodyUndecodable:
      return .retry(
        HostError(
          .network, error.code.rawValue, message,
          advice: "Check that the SIS is up and reachable from this machine; the next run goes on from here",
          isRetryable: true),
        after: nil, wasTimeout: timeouts.contains(error.code))
    }
  }
}

extension BodyExpectation {
  var word: String {
    switch self {
    case .any: "data"
    case .json: "JSON"
    case .xml: "XML"
    case .csv: "CSV"
    case .zip: "a zip file"
    }
  }
}
