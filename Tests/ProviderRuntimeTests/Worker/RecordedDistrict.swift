import CurlTransport
import Foundation
import HostModel
import SyncCore
import TestSupport

/// A simulated district, asked over real connections once; afterwards its answers are at hand for whoever
/// asks again.
actor RecordedDistrict {
  struct Failure: Error { var text: String }

  private let process: ToolProcess
  private let url: String
  private let transport: CurlTransport
  private var token: String?
  private var answers: [String: HTTPResponse] = [:]

  init(_ vendor: String, _ options: [String]) throws {
    process = try ToolProcess(BuiltTool.simulator, [vendor] + options + ["--exit-with-parent"])
    guard let line = process.nextLine(), line.hasPrefix("listening on ") else {
      throw Failure(text: "the simulator did not start: \(process.wait().errors)")
    }
    url = String(line.dropFirst("listening on ".count))
    transport = try CurlTransport()
  }

  deinit { process.send(SIGKILL) }

  /// As PowerSchool does it: client credentials by Basic, a bearer token in return.
  func signIn(_ client: String, _ secret: String) async throws {
    let basic = Data("\(client):\(secret)".utf8).base64EncodedString()
    let answer = try await transport.perform(
      HTTPRequest(
        method: "POST", url: url + "/oauth/access_token",
        headers: [
          HTTPHeader("authorization", "Basic \(basic)"),
          HTTPHeader("content-type", "application/x-www-form-urlencoded"),
        ], body: Array("grant_type=client_credentials".utf8)))
    let members = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    guard let token = members?["access_token"] as? String else {
      throw Failure(text: String(decoding: answer.body, as: UTF8.self))
    }
    self.token = token
  }

  func answer(_ request: ProviderRequest) async throws -> HTTPResponse {
    if let known = answers[request.place] { return known }
    var headers = request.headers
    if let token { headers.append(HTTPHeader("authorization", "Bearer \(token)")) }
    let answer = try await transport.perform(
      HTTPRequest(method: request.method, url: url + request.target, headers: headers, body: request.body))
    answers[request.place] = answer
    return answer
  }

  /// Drives a session to its end, as a run does; answers every call's answer.
  func drive(_ session: any ProviderSession, calls most: Int = .max) async throws -> [SessionAnswer] {
    var open: [ProviderRequest] = []
    var found: [SessionAnswer] = []
    while found.last?.isDone != true, found.count < most {
      let now = HostInstant(milliseconds: 1_790_000_000_000 + Int64(found.count))
      let answer: SessionAnswer
      if open.isEmpty {
        answer = try await session.next(grant: 3, now: now)
        guard answer.isDone || !answer.requests.isEmpty else { throw Failure(text: "it asks for nothing") }
      } else {
        let request = open.removeFirst()
        answer = try await session.feed(
          request.id, try await self.answer(request), grant: 3 - open.count, now: now)
      }
      open += answer.requests
      found.append(answer)
    }
    await session.close()
    return found
  }
}
