import CurlTransport
import Foundation
import HostModel
import OAuthCore
import SyncCore
import TestSupport
import Testing

@testable import HostRuntime

/// The broker beside a real token endpoint; only the clock is a virtual one.
@Suite struct TokenBrokerTests {
  private let clock = VirtualClock()
  private let oak = IntegrationID(rawValue: "oak")
  private let elm = IntegrationID(rawValue: "elm")
  private static let secret = "correct-horse"

  private func broker(
    _ url: String,
    secret: @escaping @Sendable () throws(HostError) -> String = { () throws(HostError) in Self.secret }
  ) async throws -> TokenBroker {
    let broker = TokenBroker(transport: try CurlTransport(), clock: clock)
    let scheme = TokenBroker.Scheme.clientCredentials(tokenURL: url + "/oauth/access_token") {
      () throws(HostError) in
      ClientCredentials(clientID: "homeroom", clientSecret: try secret())
    }
    await broker.register(oak, scheme: scheme)
    await broker.register(elm, scheme: scheme)
    return broker
  }

  private func endpoint(_ options: String...) throws -> TokenEndpoint {
    try TokenEndpoint(["--client-id", "homeroom", "--client-secret", Self.secret] + options)
  }

  private func failure(_ broker: TokenBroker) async -> HostError? {
    do throws(HostError) {
      _ = try await broker.grant(oak, refused: nil)
      return nil
    } catch { return error }
  }

  private func grants(_ broker: TokenBroker, _ count: Int, refused: Int?) async throws -> [TokenBroker.Grant]
  {
    try await withThrowingTaskGroup(of: TokenBroker.Grant.self) { group in
      for _ in 0..<count { group.addTask { [oak] in try await broker.grant(oak, refused: refused) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func advance(_ seconds: Int64) async throws {
    try await clock.sleep(until: clock.now.advanced(byMilliseconds: seconds * 1_000))
  }

  // MARK: - One request

  @Test func `a burst of callers asks for one token`() async throws {
    let endpoint = try endpoint()
    let grants = try await grants(broker(endpoint.url), 50, refused: nil)
    #expect(grants.map(\.generation) == Array(repeating: 1, count: 50))
    #expect(Set(grants.compactMap(\.header?.value)).count == 1)
    #expect(grants.first?.header?.value.hasPrefix("Bearer t1-") == true)
    #expect(try endpoint.tokenRequests() == 1)
  }

  @Test func `a token is handed out again until it is due, ten minutes before its end`() async throws {
    let endpoint = try endpoint("--token-life", "3600")
    let broker = try await broker(endpoint.url)
    #expect(try await broker.grant(oak, refused: nil).generation == 1)
    try await advance(2_999)
    #expect(try await broker.grant(oak, refused: nil).generation == 1)
    try await advance(1)
    #expect(try await broker.grant(oak, refused: nil).generation == 2)
    #expect(try await broker.grant(oak, refused: nil).generation == 2)
    #expect(try endpoint.tokenRequests() == 2)
  }

  @Test func `a token of a short life is due at half of it`() async throws {
    let endpoint = try endpoint("--token-life", "100")
    let broker = try await broker(endpoint.url)
    _ = try await broker.grant(oak, refused: nil)
    // The simulator's clock is the real one: a second may have passed there, which shortens a life that is told in seconds.
    try await advance(48)
    #expect(try await broker.grant(oak, refused: nil).generation == 1)
    try await advance(2)
    #expect(try await broker.grant(oak, refused: nil).generation == 2)
    #expect(try endpoint.tokenRequests() == 2)
  }

  @Test(arguments: ["PS-Q04", "no-PS-Q04"])
  func `a life is read as number and as text`(_ quirk: String) async throws {
    let endpoint = try endpoint("--token-life", "3600", "--quirk", quirk)
    let broker = try await broker(endpoint.url)
    _ = try await broker.grant(oak, refused: nil)
    try await advance(2_990)
    #expect(try await broker.grant(oak, refused: nil).generation == 1)
    try await advance(10)
    #expect(try await broker.grant(oak, refused: nil).generation == 2)
  }

  @Test func `integrations have tokens of their own`() async throws {
    let endpoint = try endpoint()
    let broker = try await broker(endpoint.url)
    _ = try await broker.grant(oak, refused: nil)
    _ = try await broker.grant(elm, refused: nil)
    _ = try await broker.grant(oak, refused: nil)
    #expect(try endpoint.tokenRequests() == 2)
  }

  // MARK: - Refused tokens

  @Test func `a burst of refusals asks for one new token, and that one is taken`() async throws {
    let endpoint = try endpoint("--fault", "401@1:/ws/v1/district/school")
    let broker = try await broker(endpoint.url)
    let first = try await broker.grant(oak, refused: nil)
    #expect(try await endpoint.status("/ws/v1/district/school", first) == 401)
    let renewed = try await grants(broker, 20, refused: first.generation)
    #expect(renewed.map(\.generation) == Array(repeating: 2, count: 20))
    #expect(Set(renewed.compactMap(\.header?.value)).count == 1)
    #expect(renewed.first?.header != first.header)
    #expect(try await endpoint.status("/ws/v1/district/school", renewed[0]) == 200)
    #expect(try endpoint.tokenRequests() == 2)
  }

  @Test func `a refusal of an old token does not drop a newer one`() async throws {
    let endpoint = try endpoint()
    let broker = try await broker(endpoint.url)
    let first = try await broker.grant(oak, refused: nil)
    let second = try await broker.grant(oak, refused: first.generation)
    let late = try await broker.grant(oak, refused: first.generation)
    #expect(second.generation == 2 && late.generation == 2)
    #expect(try endpoint.tokenRequests() == 2)
  }

  // MARK: - Failures

  @Test func `a failure is told to all who wait for it, and to nobody after`() async throws {
    let endpoint = try endpoint("--fault", "500@1:oauth")
    let broker = try await broker(endpoint.url)
    let errors = await withTaskGroup(of: HostError?.self) { group in
      for _ in 0..<10 { group.addTask { await failure(broker) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(errors.count == 10 && errors.contains { $0?.code == "token-server-error" })
    #expect(try await broker.grant(oak, refused: nil).generation == 1)
    #expect(try endpoint.tokenRequests() == 2)
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var fault: String
    var code: String
    var category: HostError.Category
    var isRetryable: Bool
    var words: String
    var testDescription: String { fault }
  }

  @Test(arguments: [
    Row(
      fault: "500", code: "token-server-error", category: .server, isRetryable: true,
      words: "answered status 500"),
    Row(
      fault: "429", code: "token-server-error", category: .server, isRetryable: true,
      words: "answered status 429"),
    Row(
      fault: "404", code: "token-refused", category: .authentication, isRetryable: false,
      words: "answered status 404"),
    Row(
      fault: "redirect", code: "token-refused", category: .authentication, isRetryable: false,
      words: "status 302"),
    Row(
      fault: "html", code: "not-an-oauth-answer", category: .authentication, isRetryable: false,
      words: "not a JSON object"),
    Row(
      fault: "half-json", code: "not-an-oauth-answer", category: .authentication, isRetryable: false,
      words: "not a JSON object"),
    Row(
      fault: "empty200", code: "not-an-oauth-answer", category: .authentication, isRetryable: false,
      words: "JSON"),
    Row(
      fault: "reset", code: "token-reset", category: .network, isRetryable: true,
      words: "could not be reached (reset)"),
    Row(
      fault: "cut-body", code: "token-body-incomplete", category: .network, isRetryable: true,
      words: "body-incomplete"),
  ])
  func `what the token endpoint does wrong is said with its place, and is over with the next try`(_ row: Row)
    async throws
  {
    let endpoint = try endpoint("--fault", "\(row.fault)@1:oauth")
    let broker = try await broker(endpoint.url)
    let error = try #require(await failure(broker))
    #expect(error.code == row.code && error.category == row.category && error.isRetryable == row.isRetryable)
    #expect(error.message.contains(row.words), "\(error.message)")
    #expect(
      error.message.contains("oken endpoint \(endpoint.url)")
        || error.message.contains("answer of \(endpoint.url)"))
    #expect(!error.advice.isEmpty)
    #expect(try await broker.grant(oak, refused: nil).generation == 1)
  }

  @Test func `a wrong secret is refused without being repeated, and a mended one is taken`() async throws {
    let endpoint = try endpoint()
    let folder = try TemporaryFolder()
    try folder.write("secret", "wrong-hush")
    let file = folder.file("secret")
    let broker = try await broker(endpoint.url) { () throws(HostError) in
      (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }
    let error = try #require(await failure(broker))
    #expect(error.code == "token-refused" && error.category == .authentication)
    #expect(
      error.message
        == "The token endpoint \(endpoint.url) refused the client credentials (status 401, invalid_client)")
    #expect(!"\(error)".contains("hush"))
    try folder.write("secret", Self.secret)
    #expect(try await broker.grant(oak, refused: nil).generation == 1)
  }

  @Test func `a secret that cannot be read is said, and nothing is asked`() async throws {
    let endpoint = try endpoint()
    let unreadable = HostError(.configuration, "secret-unreadable", "The secret file:x is not there")
    let broker = try await broker(endpoint.url) { () throws(HostError) in throw unreadable }
    #expect(await failure(broker) == unreadable)
    #expect(try endpoint.tokenRequests() == 0)
  }

  @Test func `a token endpoint that is down is named`() async throws {
    let broker = try await broker("http://127.0.0.1:9")
    let error = try #require(await failure(broker))
    #expect(error.code == "token-connect" && error.category == .network && error.isRetryable)
    #expect(error.message.contains("http://127.0.0.1:9"))
  }

  // MARK: - Stopping

  @Test func `whoever is stopped does not wait for a token endpoint that does not answer`() async throws {
    let (asked, ask) = AsyncStream.makeStream(of: Bool.self)
    let server = try RawServer { peer in
      _ = peer.readRequest()
      ask.yield(true)
      peer.waitForEnd()
      ask.yield(false)
    }
    let broker = try await broker(server.url)
    let waiting = Task { await failure(broker) }
    var news = asked.makeAsyncIterator()
    #expect(await news.next() == true)
    waiting.cancel()
    #expect(await waiting.value?.code == "token-cancelled")
    // Nobody waits any more: the request is given up too.
    #expect(await news.next() == false)
  }

  @Test func `one who is stopped does not take the token from the others`() async throws {
    let (asked, ask) = AsyncStream.makeStream(of: Bool.self)
    let mayAnswer = DispatchSemaphore(value: 0)
    let server = try RawServer { peer in
      while peer.readRequest() != nil {
        ask.yield(true)
        mayAnswer.wait()
        let body = #"{"access_token":"late","token_type":"Bearer","expires_in":"3600"}"#
        guard peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)") else {
          return
        }
      }
    }
    let broker = try await broker(server.url)
    let other = Task { [oak] in try await broker.grant(oak, refused: nil) }
    for await _ in asked { break }
    let stopped = (0..<20).map { _ in Task { await failure(broker) } }
    for task in stopped { task.cancel() }
    for task in stopped { #expect(await task.value?.code == "token-cancelled") }
    mayAnswer.signal()
    #expect(try await other.value.header?.value == "Bearer late")
    #expect(server.requests.count == 1)
  }

  // MARK: - Other schemes

  @Test func `a fixed token is read for each request, and none is none`() async throws {
    let broker = TokenBroker(transport: try CurlTransport(), clock: clock)
    let folder = try TemporaryFolder()
    let file = try folder.write("token", "one")
    await broker.register(
      oak, scheme: .bearer { () throws(HostError) in (try? String(contentsOf: file, encoding: .utf8)) ?? "" })
    await broker.register(elm, scheme: .none)
    #expect(try await broker.grant(oak, refused: nil).header?.value == "Bearer one")
    try folder.write("token", "two")
    #expect(try await broker.grant(oak, refused: nil).header?.value == "Bearer two")
    #expect(try await broker.grant(elm, refused: nil).header == nil)
  }
}
