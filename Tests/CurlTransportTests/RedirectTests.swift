import HostModel
import SyncCore
import TestSupport
import Testing

@testable import CurlTransport

@Suite struct RedirectTests {
  let transport: CurlTransport
  init() throws { transport = try CurlTransport() }

  /// Answers `/` with a redirect to `location`, anything else with its own path.
  private func server(_ location: @escaping @Sendable (String) -> String, status: Int = 302) throws
    -> RawServer
  {
    try RawServer { peer in
      while let request = peer.readRequest() {
        let path = String(request.split(separator: " ")[1])
        let host = request.split(separator: "\r\n").first { $0.hasPrefix("Host: ") }?.dropFirst(6) ?? ""
        let answer =
          path.hasPrefix("/from")
          ? Answer.head(
            ["Location: \(location(String(host)))", "Content-Length: 0"], status: "\(status) Found")
          : Answer.whole(path)
        guard peer.send(answer) else { return }
      }
    }
  }

  private func request(_ url: String, _ limits: HTTPLimits = .standard) -> HTTPRequest {
    HTTPRequest(url: url, headers: [HTTPHeader("authorization", "Bearer hush")], limits: limits)
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `a redirect within the origin is followed, with the credential`(_ status: Int) async throws {
    let server = try server({ _ in "/to?page=2" }, status: status)
    let response = try await transport.perform(request(server.url + "/from/here"))
    #expect(response.status == 200 && response.body == Array("/to?page=2".utf8))
    #expect(server.requests.count == 2)
    #expect(server.requests.allSatisfy { $0.contains("authorization: Bearer hush\r\n") })
  }

  @Test func `a redirect may be absolute, or relative to where it stands`() async throws {
    let absolute = try server { "http://\($0)/to" }
    #expect(try await transport.perform(request(absolute.url + "/from")).body == Array("/to".utf8))
    let relative = try server { _ in "../there" }
    #expect(try await transport.perform(request(relative.url + "/from/here")).body == Array("/there".utf8))
  }

  @Test func `a redirect to another origin is refused, and that origin hears nothing`() async throws {
    let other = try RawServer(answering: Answer.whole("other"))
    let port = other.port
    for location in ["http://127.0.0.1:\(port)/", "//127.0.0.1:\(port)/", "http://localhost:\(port)/x"] {
      let server = try server { _ in location }
      let error = await transport.failure(request(server.url + "/from"))
      #expect(error?.code == .redirectRefused, "\(location)")
      #expect(error?.context.contains("status 302 leads to another origin") == true, "\(location)")
      #expect(error?.context.contains("hush") == false)
    }
    #expect(other.connections == 0)
  }

  @Test func `the same host by another scheme is another origin`() async throws {
    let server = try server { "https://\($0)/to" }
    #expect(await transport.failure(request(server.url + "/from"))?.code == .redirectRefused)
  }

  @Test(arguments: ["file:///etc/passwd", "http://", "http://user@127.0.0.1/", "http://exa mple/", ""])
  func `a redirect to what is no web address is refused`(_ location: String) async throws {
    let server = try server { _ in location }
    let error = await transport.failure(request(server.url + "/from"))
    #expect(error?.code == .redirectRefused, "\(location)")
  }

  @Test func `a circle is followed as often as the limit says`() async throws {
    let server = try server { _ in "/from" }
    let error = await transport.failure(request(server.url + "/from"))
    #expect(error == TransportError(.redirectRefused, "more than 3 redirects"))
    #expect(server.requests.count == 4)
  }

  @Test func `a limit of none follows none`() async throws {
    let server = try server { _ in "/to" }
    let error = await transport.failure(request(server.url + "/from", .with { $0.redirects = 0 }))
    #expect(error?.code == .redirectRefused)
    #expect(server.requests.count == 1)
  }

  @Test func `a redirect of a POST is an answer like any other`() async throws {
    let server = try server { _ in "/to" }
    let response = try await transport.perform(HTTPRequest(method: "POST", url: server.url + "/from"))
    #expect(response.status == 302)
    #expect(server.requests.count == 1)
  }

  @Test func `a redirect without a place is an answer like any other`() async throws {
    let server = try RawServer(answering: Answer.head(["Content-Length: 0"], status: "302 Found"))
    #expect(try await transport.perform(request(server.url)).status == 302)
  }
}
