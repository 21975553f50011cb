import CurlTransport
import Foundation
import HostModel
import TestSupport

@testable import HostRuntime

/// A simulated PowerSchool whose log tells how often a token was asked for.
struct TokenEndpoint {
  let url: String
  private let process: ToolProcess
  private let folder: TemporaryFolder

  struct Failure: Error { var text: String }

  init(_ options: [String]) throws {
    folder = try TemporaryFolder()
    process = try ToolProcess(
      BuiltTool.simulator,
      ["powerschool", "--students", "5", "--exit-with-parent", "--log", folder.file("log").path] + options)
    guard let line = process.nextLine(), line.hasPrefix("listening on ") else {
      throw Failure(text: "the simulator did not start: \(process.wait().errors)")
    }
    url = String(line.dropFirst("listening on ".count))
  }

  /// The status that a request with this grant is answered with.
  func status(_ path: String, _ grant: TokenBroker.Grant) async throws -> Int {
    let headers = [HTTPHeader("accept", "application/json")] + (grant.header.map { [$0] } ?? [])
    return try await CurlTransport().perform(HTTPRequest(url: url + path, headers: headers)).status
  }

  /// How often a token was asked for. Ends the simulator, since only then its log is whole.
  func tokenRequests() throws -> Int {
    process.send(SIGTERM)
    _ = process.wait()
    let log = try String(contentsOf: folder.file("log"), encoding: .utf8)
    return log.split(separator: "\n").count {
      $0.contains(#""method":"POST","target":"/oauth/access_token""#)
    }
  }
}
