import Foundation
import TestSupport

/// One line of the simulator's request log.
struct LoggedRequest {
  /// When it was answered, in seconds since 1970.
  var answeredAt: Double
  /// How long that took, in seconds.
  var duration: Double
  var target: String
  var status: Int
  /// Requests that were under way when it came, itself included.
  var inFlight: Int

  struct Failure: Error { var line: String }

  init(_ line: String) throws {
    guard let members = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let time = members["time"] as? Double, let milliseconds = members["ms"] as? Double,
      let target = members["target"] as? String, let status = members["status"] as? Int,
      let inFlight = members["inFlight"] as? Int
    else { throw Failure(line: line) }
    answeredAt = time
    duration = milliseconds / 1_000
    self.target = target
    self.status = status
    self.inFlight = inFlight
  }

  var arrivedAt: Double { answeredAt - duration }
  var isToken: Bool { target.hasPrefix("/oauth/") }
}

extension Simulator {
  /// What was asked for so far, in the order of arrival, without the requests for tokens.
  func dataRequests() throws -> [LoggedRequest] {
    try requests().map { try LoggedRequest($0) }.filter { !$0.isToken }.sorted { $0.arrivedAt < $1.arrivedAt }
  }
}
