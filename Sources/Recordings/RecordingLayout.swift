import Foundation
import HostModel

/// What a recording's folder holds (docs/recordings.md).
enum RecordingLayout {
  /// Of the format; a reader refuses any other.
  static let version = 1
  static let header = "recording.json"
  static let exchanges = "exchanges.jsonl"
  static let bodies = "bodies"

  /// Headers of an answer that are kept. What carries a credential, a session or only concerns the connection
  /// never is, whatever it is called.
  static func keeps(header name: String) -> Bool {
    let parts = name.split(separator: "-")
    if parts.contains(where: { secretParts.contains(String($0)) }) { return false }
    if keptHeaders.contains(name) { return true }
    return parts.contains { pagingParts.contains(String($0)) }
  }

  private static let keptHeaders: Set<String> = [
    "content-type", "etag", "last-modified", "link", "location", "retry-after", "date",
  ]
  /// Parts of names such as `x-total-count`, `x-next-page`, `ratelimit-remaining`.
  private static let pagingParts: Set<String> = [
    "total", "count", "page", "next", "limit", "offset", "cursor", "remaining", "reset", "ratelimit",
  ]
  private static let secretParts: Set<String> = [
    "authorization", "authenticate", "cookie", "cookie2", "token", "secret", "session", "csrf", "key",
    "signature",
  ]

  /// Is this the name of a file in `bodies`, and nothing that leads elsewhere?
  static func isBodyFile(_ name: String) -> Bool {
    guard name.hasPrefix(bodies + "/") else { return false }
    let file = name.dropFirst(bodies.count + 1)
    return !file.isEmpty && !file.hasPrefix(".")
      && file.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
          || $0 == 0x2E || $0 == 0x5F
      }
  }

  /// The system's words, as a clause of a sentence.
  static func clause(_ error: any Error) -> String {
    let words = error.localizedDescription
    return words.hasSuffix(".") ? String(words.dropLast()) : words
  }

  static func broken(_ place: String, _ what: String) -> HostError {
    HostError(
      .dataValidation, "recording-broken", "\(place): \(what)",
      advice: "docs/recordings.md says what stands in a recording; make it again with homeroom sync --record")
  }
}
