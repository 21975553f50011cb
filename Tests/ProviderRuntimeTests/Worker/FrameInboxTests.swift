import Foundation
import Testing
import WorkerProtocol

@testable import ProviderRuntime

@Suite struct FrameInboxTests {
  /// A real socket: one end writes what a worker would, the other is read by an inbox.
  private final class Pair {
    let writing: Int32
    let reading: Int32
    let inbox = FrameInbox()

    init() throws {
      var ends: [Int32] = [-1, -1]
      try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
      (writing, reading) = (ends[0], ends[1])
    }

    deinit {
      close(writing)
      close(reading)
    }

    func send(_ bytes: some Collection<UInt8>) {
      _ = Array(bytes).withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
    }

    /// Everything that has come, as frames: kind and payload.
    func frames() throws -> [(FrameKind, [UInt8])] {
      var found: [(FrameKind, [UInt8])] = []
      while true {
        while let frame = try inbox.next() { found.append((frame.header.kind, Array(frame.payload))) }
        guard case .some = inbox.receive(from: reading) else { return found }
      }
    }
  }

  private func frame(_ kind: FrameKind, _ payload: [UInt8]) -> [UInt8] {
    FrameHeader(kind, call: 1, length: payload.count).bytes + payload
  }

  @Test func `a frame that comes byte by byte is one frame, when its last byte has come`() throws {
    let pair = try Pair()
    let bytes = frame(.reply, Array(1...40))
    for byte in bytes.dropLast() {
      pair.send([byte])
      #expect(try pair.frames().isEmpty)
    }
    pair.send([bytes[bytes.count - 1]])
    let frames = try pair.frames()
    #expect(frames.map(\.0) == [.reply] && frames.map(\.1) == [Array(1...40)])
    #expect(pair.inbox.isEmpty)
  }

  @Test func `frames that come in one piece are told apart, and the rest of one waits for its other half`()
    throws
  {
    let pair = try Pair()
    let last = frame(.reply, Array(repeating: 9, count: 1_000))
    pair.send(frame(.emitted, [1]) + frame(.emitted, []) + last[..<500])
    #expect(try pair.frames().map(\.1) == [[1], []])
    pair.send(last[500...])
    #expect(try pair.frames().map(\.1) == [Array(repeating: 9, count: 1_000)])
  }

  @Test
  func `frames larger than the memory at hand are taken whole, and memory does not grow with small ones`()
    throws
  {
    let pair = try Pair()
    for round in 0..<3 {
      let payload = [UInt8](repeating: UInt8(round), count: 3_000_000)
      let bytes = frame(.emitted, payload)
      var found: [(FrameKind, [UInt8])] = []
      for start in stride(from: 0, to: bytes.count, by: 100_000) {
        pair.send(bytes[start..<min(start + 100_000, bytes.count)])
        found += try pair.frames()
      }
      #expect(found.map(\.1) == [payload])
      for _ in 0..<3_000 {
        pair.send(frame(.emitted, [7, 7]))
        #expect(try pair.frames().count == 1)
      }
    }
    #expect(pair.inbox.capacity <= 8 << 20)
  }

  @Test func `a length that is only announced takes no memory`() throws {
    let pair = try Pair()
    pair.send(FrameHeader(.reply, call: 1, length: FrameHeader.mostBytes).bytes + [1, 2, 3])
    #expect(try pair.frames().isEmpty)
    #expect(pair.inbox.capacity <= 1 << 20)
  }

  @Test func `the end of the other side is told, after what it sent`() throws {
    let pair = try Pair()
    pair.send(frame(.reply, [5]))
    shutdown(pair.writing, Int32(SHUT_WR))
    #expect(try pair.frames().map(\.1) == [[5]])
    guard case .ended = pair.inbox.receive(from: pair.reading) else {
      Issue.record("the end was not told")
      return
    }
  }
}
