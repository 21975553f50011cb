import Foundation
import Glibc
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import CurlTransport

/// Each limit alone, small, with the others far away: what ends the exchange is seen from the code.
@Suite struct TimeoutTests {
  let transport: CurlTransport
  init() throws { transport = try CurlTransport() }

  @Test func `an answer that does not begin ends at its limit`() async throws {
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.waitForEnd()
    }
    let error = await transport.failure(.get(server.url, .with { $0.firstByteMilliseconds = 100 }))
    #expect(error?.code == .firstByteTimeout)
    #expect(error?.context == "no answer began within 0.1 s")
  }

  @Test func `an answer that goes on too slowly ends at its limit`() async throws {
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.send(Answer.head(["Content-Length: 100000"]))
      while peer.send("x") { usleep(50_000) }
    }
    let limits = HTTPLimits.with {
      $0.lowSpeedSeconds = 1
      $0.lowSpeedBytesPerSecond = 1_000
    }
    let error = await transport.failure(.get(server.url, limits))
    #expect(error?.code == .tooSlow)
    #expect(error?.context.contains("1000") == true)
  }

  @Test func `an answer that stops in its middle is too slow`() async throws {
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.send(Answer.head(["Content-Length: 100000"]) + Answer.words(50_000))
      peer.waitForEnd()
    }
    #expect(await transport.failure(.get(server.url, .with { $0.lowSpeedSeconds = 1 }))?.code == .tooSlow)
  }

  @Test func `a server that thinks before its first byte is not slow`() async throws {
    // PowerSchool takes its time for a page with expansions; only the first-byte limit counts then.
    let server = try RawServer { peer in
      _ = peer.readRequest()
      usleep(2_500_000)
      peer.send(Answer.whole("x"))
    }
    let response = try await transport.perform(.get(server.url, .with { $0.lowSpeedSeconds = 1 }))
    #expect(response.body == Array("x".utf8))
  }

  @Test func `an exchange ends at its limit in all, however lively it is`() async throws {
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.send(Answer.head(["Content-Length: 100000000"]))
      while peer.send(Answer.words(1_000)) { usleep(10_000) }
    }
    let error = await transport.failure(.get(server.url, .with { $0.totalMilliseconds = 300 }))
    #expect(error?.code == .totalTimeout)
  }

  @Test func `a connection that is not taken ends at its limit`() async throws {
    // A listener that accepts nobody: when its queue is full, the kernel drops what else knocks.
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let size = length
    let waiting = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw -> [Int32] in
        bind(listener, raw, size)
        listen(listener, 0)
        getsockname(listener, raw, &length)
        return (0..<4).map { _ in
          let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
          connect(client, raw, size)
          return client
        }
      }
    }
    defer { for client in waiting { close(client) } }
    let url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/"
    let error = await transport.failure(.get(url, .with { $0.connectMilliseconds = 200 }))
    #expect(error?.code == .connectTimeout)
  }
}
