import Testing
import WorkerProtocol

@Suite struct FrameHeaderTests {
  private func refusal(_ bytes: [UInt8]) -> String? {
    do throws(WireError) {
      _ = try FrameHeader(RawSpan(bytes))
      return nil
    } catch { return error.sentence }
  }

  @Test(arguments: FrameKind.allCases)
  func `a header is read as it was written`(kind: FrameKind) throws {
    for (call, length) in [(0, 0), (7, 12), (UInt32.max, FrameHeader.mostBytes)] as [(UInt32, Int)] {
      let header = FrameHeader(kind, call: call, length: length)
      #expect(header.bytes.count == FrameHeader.byteCount)
      #expect(try FrameHeader(RawSpan(header.bytes)) == header)
      #expect(try FrameHeader(RawSpan(header.bytes + [1, 2, 3])) == header)
    }
  }

  @Test func `a header cut short is refused`() {
    let bytes = FrameHeader(.reply, call: 1, length: 2).bytes
    for count in 0..<bytes.count { #expect(refusal(Array(bytes[..<count]))?.contains("cut short") == true) }
  }

  @Test func `a kind that there is not is refused, in the byte of the kind and in those behind it`() {
    var bytes = FrameHeader(.reply, call: 1, length: 2).bytes
    for kind in UInt8.min...UInt8.max where FrameKind(rawValue: kind) == nil {
      bytes[8] = kind
      #expect(refusal(bytes) == "it sent a frame of kind \(kind), which there is not")
    }
    for place in 9..<12 {
      var bytes = FrameHeader(.reply, call: 1, length: 2).bytes
      bytes[place] = 1
      #expect(refusal(bytes) != nil)
    }
  }

  @Test func `a length above the most is refused before anything is waited for`() {
    for length in [UInt32(FrameHeader.mostBytes) + 1, 1 << 31, .max] {
      var writer = WireWriter()
      writer.put(length)
      writer.put(UInt32(1))
      writer.put(UInt32(FrameKind.reply.rawValue))
      #expect(refusal(writer.bytes) == "it sent a frame of \(length) bytes; 314572800 are the most")
    }
  }
}
