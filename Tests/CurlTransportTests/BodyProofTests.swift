import Foundation
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import CurlTransport

/// A body is only an answer if it is whole (reliability.md 2.1 to 2.3).
@Suite struct BodyProofTests {
  let transport: CurlTransport
  init() throws { transport = try CurlTransport() }

  static let body = Answer.words(3_000)

  private func answer(_ bytes: [UInt8], closes: Bool = true, limits: HTTPLimits = .standard) async throws
    -> HTTPResponse
  {
    let server = try RawServer(answering: bytes, closes: closes)
    return try await transport.perform(.get(server.url, limits))
  }

  private func failure(_ bytes: [UInt8], limits: HTTPLimits = .standard) async throws -> TransportError? {
    let server = try RawServer(answering: bytes, closes: true)
    return await transport.failure(.get(server.url, limits))
  }

  // MARK: - Framing

  @Test func `a body as long as announced is whole`() async throws {
    let response = try await answer(Answer.whole(Self.body, ["X-Word: a"]), closes: false)
    #expect(
      response.status == 200 && response.body == Self.body && response.wireBytes == 3_000 && response.isFramed
    )
    #expect(response.header("x-word") == "a")
  }

  @Test func `chunks with their end are whole`() async throws {
    for size in [1, 7, 1_000, 3_000] {
      let response = try await answer(
        Answer.chunked(Self.body, size: size, trailer: "X-Sum: 1\r\n"), closes: false)
      #expect(response.body == Self.body && response.isFramed)
    }
  }

  @Test func `a body that ends with the connection comes, and is said to be unproven`() async throws {
    let response = try await answer(Answer.head(["Content-Type: text/csv"]) + Self.body)
    #expect(response.body == Self.body && !response.isFramed)
  }

  @Test func `nothing at all, ended by the connection, is unproven too`() async throws {
    #expect(try await answer(Answer.head(["Content-Type: text/csv"])).isFramed == false)
    #expect(try await answer(Answer.head(["Content-Length: 0"])).isFramed)
  }

  @Test(arguments: ["204 No Content", "304 Not Modified"])
  func `a status that has no body needs no length`(_ status: String) async throws {
    let response = try await answer(Answer.head([], status: status), closes: false)
    #expect(response.body.isEmpty && response.isFramed)
  }

  @Test func `an answer to HEAD needs no body`() async throws {
    let server = try RawServer(answering: Answer.head(["Content-Length: 5000"]))
    let response = try await transport.perform(HTTPRequest(method: "HEAD", url: server.url))
    #expect(response.status == 200 && response.body.isEmpty && response.isFramed)
  }

  @Test func `a body longer than announced is cut there, and the rest is no answer to anybody`() async throws
  {
    let server = try RawServer(answering: Answer.head(["Content-Length: 10"]) + Self.body)
    for _ in 0..<3 {
      let response = try await transport.perform(.get(server.url))
      #expect(response.body == Array(Self.body.prefix(10)))
    }
  }

  struct Framing: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    /// Bytes at the end that may lack.
    var spare = 0
  }

  private static let short = Answer.words(120)

  @Test(arguments: [
    Framing(testDescription: "length", bytes: Answer.whole(short, ["Content-Type: text/csv"])),
    Framing(testDescription: "chunks", bytes: Answer.chunked(short, size: 50), spare: 1),
    Framing(
      testDescription: "deflate in chunks",
      bytes: Answer.chunked(Answer.deflated(short), size: 50, ["Content-Encoding: deflate"]), spare: 1),
  ])
  func `an answer that is cut anywhere is no answer`(_ framing: Framing) async throws {
    // Behind the last chunk the body is proven: only the line feed at the very end may lack.
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.send(Array(framing.bytes.prefix(peer.number - 1)))
    }
    for count in 0..<(framing.bytes.count - framing.spare) {
      let error = await transport.failure(.get(server.url))
      #expect(error?.code == .reset || error?.code == .bodyIncomplete, "cut at \(count)")
    }
    #expect(try await failure(framing.bytes) == nil)
  }

  @Test func `what is no HTTP is told from a bad URL`() async throws {
    let error = try await failure(Array("220 mail.example.org ESMTP\r\n".utf8))
    #expect(error?.code == .bodyUndecodable)
  }

  // MARK: - Compression

  private static let gzipHeader = ["Content-Encoding: gzip"]

  @Test func `a gzip body is inflated, and its size on the wire is kept`() async throws {
    let packed = try Answer.gzipped(Self.body)
    let response = try await answer(Answer.whole(packed, Self.gzipHeader))
    #expect(response.body == Self.body && response.wireBytes == packed.count && response.isFramed)
  }

  @Test func `a deflate body is inflated, and an identity one is left alone`() async throws {
    #expect(
      try await answer(Answer.whole(Answer.deflated(Self.body), ["Content-Encoding: deflate"])).body
        == Self.body)
    #expect(try await answer(Answer.whole(Self.body, ["Content-Encoding: identity"])).body == Self.body)
  }

  @Test func `a gzip body that ends with the connection is proven by its own end`() async throws {
    let response = try await answer(Answer.head(Self.gzipHeader) + Answer.gzipped(Self.body))
    #expect(response.body == Self.body && response.isFramed)
  }

  @Test func `a gzip body that is cut is no body, however well it is framed`() async throws {
    let packed = try Answer.gzipped(Self.body)
    // The last one lacks nothing but the last byte of the checksum's trailer.
    for count in [1, 9, 10, packed.count / 2, packed.count - 8, packed.count - 1] {
      let cut = Array(packed.prefix(count))
      for bytes in [Answer.whole(cut, Self.gzipHeader), Answer.chunked(cut, size: 100, Self.gzipHeader)] {
        #expect(try await failure(bytes)?.code == .bodyIncomplete, "\(count)")
      }
    }
  }

  @Test func `a gzip body with a wrong checksum is no body`() async throws {
    var packed = try Answer.gzipped(Self.body)
    packed[packed.count - 8] ^= 1
    #expect(try await failure(Answer.whole(packed, Self.gzipHeader))?.code == .bodyUndecodable)
  }

  @Test func `bytes behind the end of a gzip body make it no body`() async throws {
    let packed = try Answer.gzipped(Self.body)
    #expect(try await failure(Answer.whole(packed + [1, 2, 3], Self.gzipHeader))?.code == .bodyUndecodable)
    // In a chunk of their own, which may arrive by itself.
    let apart = Answer.chunked(packed + [1, 2, 3], size: packed.count, Self.gzipHeader)
    #expect(try await failure(apart)?.code == .bodyUndecodable)
  }

  @Test func `a gzip body of several members is one, wherever the network cuts it`() async throws {
    let halves = try [Self.body.prefix(1_000), Self.body.dropFirst(1_000)].map {
      try Answer.gzipped(Array($0))
    }
    #expect(try await answer(Answer.whole(halves[0] + halves[1], Self.gzipHeader)).body == Self.body)
    // libcurl hands over chunk by chunk: one of them ends where the first member does.
    for size in [halves[0].count - 1, halves[0].count, halves[0].count + 1, 100] {
      let chunks = Answer.chunked(halves[0] + halves[1], size: size, Self.gzipHeader)
      #expect(try await answer(chunks).body == Self.body, "chunks of \(size)")
    }
  }

  @Test func `an encoding that was not asked for is refused`() async throws {
    let error = try await failure(Answer.whole(Self.body, ["Content-Encoding: br"]))
    #expect(error?.code == .bodyUndecodable)
    #expect(error?.context == "the content encoding \"br\" was not asked for")
  }

  // MARK: - Limits

  @Test func `a bomb is stopped at the limit of the inflated size`() async throws {
    let bomb = try Answer.gzipped([UInt8](repeating: 0, count: 8 << 20))
    try #require(bomb.count < 10_000)
    let limits = HTTPLimits.with { $0.decodedBytes = 1 << 20 }
    let error = try await failure(Answer.whole(bomb, Self.gzipHeader), limits: limits)
    #expect(error?.code == .bodyTooLarge)
    #expect(error?.context == "more than 1048576 bytes when inflated")
  }

  @Test func `a body of just the inflated limit is taken, one byte more is not`() async throws {
    let packed = try Answer.whole(Answer.gzipped(Self.body), Self.gzipHeader)
    #expect(try await answer(packed, limits: .with { $0.decodedBytes = 3_000 }).body == Self.body)
    #expect(try await failure(packed, limits: .with { $0.decodedBytes = 2_999 })?.code == .bodyTooLarge)
  }

  @Test func `a body of just the wire limit is taken, one byte more is not`() async throws {
    let bytes = Answer.whole(Self.body)
    #expect(try await answer(bytes, limits: .with { $0.wireBytes = 3_000 }).body == Self.body)
    #expect(try await failure(bytes, limits: .with { $0.wireBytes = 2_999 })?.code == .bodyTooLarge)
  }

  @Test func `a body without end is stopped at the wire limit`() async throws {
    let server = try RawServer { peer in
      _ = peer.readRequest()
      peer.send(Answer.head([]))
      while peer.send(Self.body) {}
    }
    let error = await transport.failure(.get(server.url, .with { $0.wireBytes = 100_000 }))
    #expect(error?.code == .bodyTooLarge)
  }
}
