import Foundation
import Glibc
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import CurlTransport

@Suite struct ConnectionTests {
  let transport: CurlTransport
  init() throws { transport = try CurlTransport() }

  @Test func `one connection serves one request after another`() async throws {
    let server = try RawServer(answering: Answer.whole("x"))
    for _ in 0..<20 { _ = try await transport.perform(.get(server.url)) }
    #expect(server.requests.count == 20)
    #expect(server.connections == 1)
  }

  @Test func `a connection that the server closed meanwhile is made anew, unseen`() async throws {
    let server = try RawServer { peer in
      // The second request of a connection finds it closed.
      _ = peer.readRequest()
      peer.send(Answer.whole("\(peer.number)"))
      if peer.number == 1 { _ = peer.readRequest() } else { peer.waitForEnd() }
    }
    #expect(try await transport.perform(.get(server.url)).body == Array("1".utf8))
    #expect(try await transport.perform(.get(server.url)).body == Array("2".utf8))
  }

  @Test func `a failed exchange does not spoil the next one`() async throws {
    let server = try RawServer { peer in
      _ = peer.readRequest()
      if peer.number == 1 { return peer.reset() }
      peer.send(Answer.whole("\(peer.number)"))
    }
    #expect(await transport.failure(.get(server.url))?.code == .reset)
    #expect(try await transport.perform(.get(server.url)).body == Array("2".utf8))
  }

  @Test func `many in parallel each get their own answer`() async throws {
    let server = try RawServer { peer in
      while let request = peer.readRequest() {
        let path = String(request.split(separator: " ")[1])
        guard peer.send(Answer.whole(Array(repeating: path, count: 500).joined())) else { return }
      }
    }
    let bodies = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      for number in 0..<200 {
        group.addTask { [transport] in
          (number, try await transport.perform(.get(server.url + "/\(number)")).body)
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(bodies.count == 200)
    for (number, body) in bodies {
      #expect(body == Array(Array(repeating: "/\(number)", count: 500).joined().utf8))
    }
  }

  @Test func `one that waits does not keep the others`() async throws {
    let server = try RawServer { peer in
      while let request = peer.readRequest() {
        if request.hasPrefix("GET /wait") { return peer.waitForEnd() }
        guard peer.send(Answer.whole("x")) else { return }
      }
    }
    let waiting = Task { [transport] in await transport.failure(.get(server.url + "/wait")) }
    for _ in 0..<10 { _ = try await transport.perform(.get(server.url)) }
    waiting.cancel()
    #expect(await waiting.value?.code == .cancelled)
  }

  @Test func `a server that is not there is said to refuse`() async throws {
    let port = try RawServer(answering: "").port
    let error = await transport.failure(.get("http://127.0.0.1:\(port)/"))
    #expect(error?.code == .connect)
    #expect(error?.context.contains("\(port)") == true)
  }

  @Test func `a name that nobody has is said to be unknown`() async throws {
    #expect(await transport.failure(.get("http://no-such-host.invalid/"))?.code == .resolve)
  }

  @Test(arguments: [
    "", "/path", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://127.0.0.1:99999/", "http:// /",
    "http://user:word@127.0.0.1/", "http://[::1", "127.0.0.1",
  ])
  func `what is no web address is refused before anything is sent`(_ url: String) async throws {
    #expect(await transport.failure(.get(url))?.code == .badURL)
  }

  @Test func `plain HTTP answered to HTTPS fails as TLS`() async throws {
    let server = try RawServer { peer in peer.send(Answer.whole("what is this?")) }
    #expect(await transport.failure(.get("https://127.0.0.1:\(server.port)/"))?.code == .tls)
  }

  // MARK: - Cancellation

  @Test func `a task that is cancelled before it begins asks nothing for long`() async throws {
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.waitForEnd()
    }
    let task = Task { [transport] in
      withUnsafeCurrentTask { $0?.cancel() }
      return await transport.failure(.get(server.url))
    }
    #expect(await task.value?.code == .cancelled)
  }

  @Test func `a cancelled exchange ends at once, and the server sees the connection close`() async throws {
    let (begun, begin) = AsyncStream.makeStream(of: Bool.self)
    let (closed, close) = AsyncStream.makeStream(of: Bool.self)
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.send(Answer.head(["Content-Length: 100000"]) + Answer.words(1_000))
      begin.yield(true)
      peer.waitForEnd()
      close.yield(true)
    }
    let task = Task { [transport] in await transport.failure(.get(server.url)) }
    for await _ in begun { break }
    task.cancel()
    #expect(await task.value?.code == .cancelled)
    for await isClosed in closed {
      #expect(isClosed)
      break
    }
  }

  @Test func `cancelling one of many ends that one alone`() async throws {
    let server = try RawServer { peer in
      while let request = peer.readRequest() {
        if request.hasPrefix("GET /0 ") { return peer.waitForEnd() }
        guard peer.send(Answer.whole("x")) else { return }
      }
    }
    let tasks = (0..<20).map { number in
      Task { [transport] in await transport.failure(.get(server.url + "/\(number)")) }
    }
    for task in tasks.dropFirst() { #expect(await task.value == nil) }
    tasks[0].cancel()
    #expect(await tasks[0].value?.code == .cancelled)
  }
}
