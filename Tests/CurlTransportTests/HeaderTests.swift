import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import CurlTransport

@Suite struct HeaderTests {
  let transport: CurlTransport
  init() throws { transport = try CurlTransport() }

  @Test func `headers come in their order, names in lower case, values trimmed`() async throws {
    let server = try RawServer(
      answering: Answer.whole("x", ["B-Two:  second word \t", "A-One:1", "b-two: again", "Empty:"]))
    let response = try await transport.perform(.get(server.url))
    #expect(
      response.headers == [
        HTTPHeader("b-two", "second word"), HTTPHeader("a-one", "1"), HTTPHeader("b-two", "again"),
        HTTPHeader("empty", ""), HTTPHeader("content-length", "1"),
      ])
    #expect(response.header("b-two") == "second word")
  }

  @Test func `an interim answer is not the answer`() async throws {
    let bytes = Answer.head(["Link: </x>"], status: "103 Early Hints") + Answer.whole("x", ["Last: 1"])
    let server = try RawServer(answering: bytes)
    let response = try await transport.perform(.get(server.url))
    #expect(response.status == 200 && response.header("link") == nil && response.header("last") == "1")
  }

  @Test func `headers without end are stopped at their limit`() async throws {
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.send("HTTP/1.1 200 OK\r\n")
      while peer.send("X-More: \(String(repeating: "x", count: 1_000))\r\n") {}
    }
    let error = await transport.failure(.get(server.url, .with { $0.headerBytes = 10_000 }))
    #expect(error == TransportError(.headersTooLarge, "more than 10000 bytes of headers"))
  }

  @Test func `one header line without end is stopped too`() async throws {
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.send("HTTP/1.1 200 OK\r\nX-More: ")
      while peer.send(String(repeating: "x", count: 10_000)) {}
    }
    let error = await transport.failure(.get(server.url))
    #expect(error?.code == .headersTooLarge)
  }

  // MARK: - The request

  private func request(_ request: (String) -> HTTPRequest) async throws -> String {
    let server = try RawServer(answering: Answer.whole("x"))
    _ = try await transport.perform(request(server.url))
    return try #require(server.requests.first)
  }

  @Test func `a request goes out as it was given, and nothing is added but what is the host's`() async throws
  {
    let text = try await request { url in
      HTTPRequest(
        url: url + "/ws/v1/x?q=a==(A,P)&page=1",
        headers: [HTTPHeader("accept", "application/json"), HTTPHeader("authorization", "Bearer t")])
    }
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.first == "GET /ws/v1/x?q=a==(A,P)&page=1 HTTP/1.1")
    let headers = Set(lines.dropFirst().filter { !$0.isEmpty && !$0.hasPrefix("Host: 127.0.0.1:") })
    #expect(
      headers == [
        "accept: application/json", "authorization: Bearer t", "accept-encoding: gzip",
        "user-agent: Homeroom/0.1",
      ])
  }

  @Test func `a body is sent with its length, and at once`() async throws {
    let body = Answer.words(5_000)
    let text = try await request { HTTPRequest(method: "POST", url: $0, body: body) }
    #expect(text.hasPrefix("POST / HTTP/1.1\r\n") && text.contains("Content-Length: 5000\r\n"))
    #expect(!text.lowercased().contains("expect:"))
    #expect(text.hasSuffix("\r\n\r\n" + String(decoding: body, as: UTF8.self)))
  }

  @Test(arguments: ["POST", "PUT", "DELETE"])
  func `a method without a body says so`(_ method: String) async throws {
    let text = try await request { HTTPRequest(method: method, url: $0) }
    #expect(text.hasPrefix("\(method) / HTTP/1.1\r\n") && text.contains("Content-Length: 0\r\n"))
  }

  @Test func `a request that brings its own accept-encoding is sent with that one alone`() async throws {
    let text = try await request {
      HTTPRequest(url: $0, headers: [HTTPHeader("accept-encoding", "identity")])
    }
    #expect(text.contains("accept-encoding: identity\r\n"))
    #expect(!text.contains("gzip"))
  }
}
