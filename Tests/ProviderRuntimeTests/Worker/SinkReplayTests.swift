import CSISPlugin
import HostModel
import ProviderABI
import SyncCore
import TestSupport
import Testing
import WorkerProtocol

@testable import ProviderRuntime

@Suite struct SinkReplayTests {
  private static let manifest = try? ProviderManifest(
    Array(
      #"""
      {"manifest":1,"id":"a","name":"A","version":"1","abi":{"major":1,"minor":0},"cursorVersion":1,
       "kinds":["org"],"modes":["full"],"rateLimit":{"perMinute":60},"maxInFlight":1,"auth":[{"scheme":"none"}],
       "allowedHosts":[],"config":{"type":"object","properties":{}}}
      """#.utf8), file: "manifest.json")

  /// The payload of the reply to a call in which these calls were written down.
  private func recording(_ calls: SinkCalls, status: Int32 = SIS_OK) -> [UInt8] {
    nonisolated(unsafe) var payload: [UInt8] = []
    let recorder = SinkRecorder { payload = Array($0[FrameHeader.byteCount...]) }
    recorder.begin(call: 1)
    calls.make(on: UnsafePointer(recorder.table))
    recorder.end(ReplyHead(status: status))
    return payload
  }

  private func outcome(_ sink: SessionSink) -> String {
    do { return try sink.end(status: SIS_OK, request: 3).text } catch { return "fault \(error)" }
  }

  @Test func `calls that were written down and made again are the calls themselves`() throws {
    let manifest = try #require(Self.manifest)
    let replayed = ReplayedSink(manifest)
    var kinds: Set<String> = []
    for seed in 0..<6_000 as Range<UInt64> {
      let direct = SessionSink(manifest)
      let table = direct.makeTable()
      defer { table.deallocate() }
      direct.begin(grant: 1)
      SinkCalls(seed: seed).make(on: UnsafePointer(table))
      let due = outcome(direct)

      let payload = recording(SinkCalls(seed: seed))
      replayed.sink.begin(grant: 1)
      try payload.withUnsafeBytes { try replayed.perform($0, from: ReplyHead.byteCount) }
      let found = outcome(replayed.sink)
      #expect(found == due, "seed \(seed)")
      kinds.formUnion(due.split(separator: "\n").map { String($0.prefix(6)) })
    }
    // The random calls reach everything: records, what is set aside, and refusals.
    #expect(
      kinds.isSuperset(of: ["org 7 ", "reject", "reques", "end St", "note P", "cursor", "fault "]), "\(kinds)"
    )
  }

  @Test func `mutated recordings never trap, and never reach outside of the frame`() throws {
    let replayed = ReplayedSink(try #require(Self.manifest))
    var random = SeededRandom(seed: 7)
    var (taken, refused) = (0, 0)
    for seed in 0..<20_000 as Range<UInt64> {
      var payload = recording(SinkCalls(seed: seed / 4))
      for _ in 0..<Int.random(in: 1...4, using: &random) where payload.count > ReplyHead.byteCount {
        let place = Int.random(in: ReplyHead.byteCount..<payload.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: payload[place] = random.element(of: [0, 1, 0x7F, 0x80, 0xFE, 0xFF])
        case 1: payload[place] = UInt8.random(in: .min ... .max, using: &random)
        case 2: payload.removeSubrange(place...)
        default:
          payload.replaceSubrange(
            place..<min(place + 8, payload.count), with: [UInt8](repeating: 0xFF, count: 8))
        }
      }
      // A block of its own and no byte longer, so that a sanitizer sees a read behind it.
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: payload.count, alignment: 1)
      defer { block.deallocate() }
      block.copyBytes(from: payload)
      replayed.sink.begin(grant: 4)
      do throws(WireError) {
        try replayed.perform(UnsafeRawBufferPointer(block), from: ReplyHead.byteCount)
        taken += 1
      } catch { refused += 1 }
      _ = outcome(replayed.sink)
    }
    #expect(taken > 1_000 && refused > 5_000, "the mutations reach both sides: \(taken), \(refused)")
  }

  @Test func `a long page comes in frames of about a mebibyte, in order`() throws {
    nonisolated(unsafe) var frames: [[UInt8]] = []
    let recorder = SinkRecorder { frames.append(Array($0)) }
    let name = [UInt8](repeating: 0x78, count: 1_000)
    recorder.begin(call: 9)
    for number in 0..<5_000 {
      let id = Array("\(number)".utf8)
      id.withUnsafeBytes { id in
        name.withUnsafeBytes { name in
          let fields = [
            sis_field(id: SIS_F_SOURCED_ID, group: 0, name: sis_bytes(), value: sis_bytes(id)),
            sis_field(id: SIS_F_NAME, group: 0, name: sis_bytes(), value: sis_bytes(name)),
          ]
          _ = recorder.table.pointee.record(recorder.table, SIS_KIND_ORG, fields, 2)
        }
      }
    }
    recorder.end(ReplyHead(status: SIS_DONE))
    let headers = try frames.map { try $0.withUnsafeBytes { try FrameHeader(RawSpan(_unsafeBytes: $0)) } }
    #expect(headers.map(\.kind) == [.emitted, .emitted, .emitted, .emitted, .emitted, .reply])
    #expect(headers.allSatisfy { $0.call == 9 && $0.length < 1_100_000 })
    #expect(zip(headers, frames).allSatisfy { $0.length == $1.count - FrameHeader.byteCount })
    let replayed = ReplayedSink(try #require(Self.manifest))
    replayed.sink.begin(grant: 0)
    for (header, frame) in zip(headers, frames) {
      try frame.withUnsafeBytes {
        try replayed.perform(
          UnsafeRawBufferPointer(rebasing: $0[FrameHeader.byteCount...]),
          from: header.kind == .reply ? ReplyHead.byteCount : 0)
      }
    }
    let answer = try replayed.sink.end(status: SIS_DONE, request: 0)
    // No orgType: each is set aside, with its id.
    #expect(answer.rejects.map(\.sourcedID) == (0..<5_000).map { "\($0)" })
  }

  @Test func `what a sink refuses unread is what a worker does not send`() {
    #expect(SinkBounds.cursorBytes == Cursor.maximumBytes)
    #expect(SinkBounds.fields == RecordBatchBuilder.maximumFields)
    #expect(SinkBounds.textBytes >= SessionSink.Bounds.targetBytes)
    #expect(SinkBounds.textBytes >= SessionSink.Bounds.headerBytes)
  }
}
